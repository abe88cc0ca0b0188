#pragma once

#include <array>
#include <string_view>

/// The questions a reading answers, in the order in which people meet them.
namespace selvedge::reading {

struct Question {
  std::string_view id;          ///< as in the JSON
  std::string_view title;       ///< as a heading
  std::string_view asks;        ///< what it shows, for somebody who has never seen it
  std::string_view cannot_say;  ///< what it does not show, though one might think so
  bool in_short = true;         ///< whether its answer is among what a page says first
  /// false: a share of one person in another, or a number that would be taken for a mark, which a page says in words
  /// only.
  bool numbers_on_pages = true;
};

inline constexpr std::array<Question, 14> kQuestions{{
    {.id = "usual_level",
     .title = "Usual level",
     .asks = "Where someone's days were, taken over the whole diary. Single weeks can lie well above it or below.",
     .cannot_say = "It is no grade. Two people use the same scale differently, so their levels can't be compared."},
    {.id = "spread",
     .title = "Ups and downs",
     .asks = "How far someone's days move around their usual level.",
     .cannot_say = "It can't say what moved them, or how much is good for them.",
     .in_short = false},
    {.id = "half_life",
     .title = "How long it lasts",
     .asks = "How long it took until half of what had moved someone, up or down, had passed. Times that overlap are no "
             "difference "
             "between you.",
     .cannot_say = "It can't say that sooner is better: some things deserve to last. It doesn't know what helped.",
     .in_short = false},
    {.id = "move_together",
     .title = "Moving together",
     .asks = "Whether better and harder days of both fell on the same dates.",
     .cannot_say = "It can't show who moves whom, and being alike is neither a good nor a bad sign."},
    {.id = "pull_after_a_day",
     .title = "The day after",
     .asks = "Whether one person's day is still found in the other's next day.",
     .cannot_say = "It can't say why. Something that met you both for several days looks just the same.",
     .numbers_on_pages = false},
    {.id = "whose_weather",
     .title = "Whose weather",
     .asks = "Whether someone's ups and downs came more from a weather of their own, or from days that met you both.",
     .cannot_say = "What hits both at once has to be shared out between the two somehow; another way of sharing it out "
                   "could move the answer. It is nobody's fault either way.",
     .in_short = false,
     .numbers_on_pages = false},
    {.id = "forecast",
     .title = "Looking ahead",
     .asks = "Where the next answers may be, if things go on as they were.",
     .cannot_say = "It is no promise, and it doesn't know what tomorrow brings.",
     .in_short = false},
    // From here on read from moments, and asked only where somebody looks at them.
    {.id = "stepping_in",
     .title = "Stepping in",
     .asks = "Whether someone stepped in unasked more often, or less, on days that were harder than usual for the "
             "other.",
     .cannot_say = "It can't say whether help was wanted, or whether staying out of it was kinder. Both can be love.",
     .in_short = false,
     .numbers_on_pages = false},
    {.id = "withdrawing",
     .title = "Stepping back",
     .asks = "Whether someone stepped back more often, or less, when something warm came than when nobody came.",
     .cannot_say = "It can't say why. A step back can be a wall, rest or good sense; staying can be ease or effort.",
     .in_short = false,
     .numbers_on_pages = false},
    {.id = "unsaid",
     .title = "Left unsaid",
     .asks = "How often something was held back, let go for peace, or met with a yes when worn out.",
     .cannot_say = "It doesn't know what went unsaid, and can't say that it ought to have been said.",
     .in_short = false,
     .numbers_on_pages = false},
    {.id = "unsaid_when_low",
     .title = "Unsaid on harder days",
     .asks = "Whether more, or less, went unsaid on someone's own harder days.",
     .cannot_say = "It can't say which came first, the harder day or what went unsaid.",
     .in_short = false,
     .numbers_on_pages = false},
    {.id = "reaching",
     .title = "Reaching out",
     .asks = "What someone found on reaching out: whether it got through, was answered, and ended in company.",
     .cannot_say = "It holds one side, as it was found. It doesn't know what the other saw, meant, or had to give that "
                   "day.",
     .in_short = false,
     .numbers_on_pages = false},
    {.id = "meeting",
     .title = "Meeting what comes",
     .asks = "How often someone could meet something warm that came to them, at least in part.",
     .cannot_say = "It doesn't know what else the day asked for, and no amount is the right one.",
     .in_short = false,
     .numbers_on_pages = false},
    {.id = "own_time",
     .title = "Time of one's own",
     .asks = "How often there was time of one's own, and whether guilt came along.",
     .cannot_say = "It can't say how much is right, or what the time was for.",
     .in_short = false,
     .numbers_on_pages = false},
}};

}  // namespace selvedge::reading

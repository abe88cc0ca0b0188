#include "core/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace selvedge::core {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Escaped, LetsNothingEndAnElementOrAnAttribute) {
  EXPECT_EQ(Escaped("</script><b title=\"x\" id='y'>&amp;"),
            "&lt;/script&gt;&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;");
}

TEST(Escaped, LeavesNamesAsTheyAre) {
  for (const std::string name : {"Ana", "Zoë", "שרה", "妻", "👩‍🚀"}) EXPECT_EQ(Escaped(name), name);
}

TEST(Escaped, ShowsWhatWouldTurnTheReadingDirection) { EXPECT_EQ(Escaped("a\u202Eb\u2066c\x01"), "a·b·c·"); }

TEST(Element, ClosesWhatItOpens) {
  EXPECT_EQ(Element("p", "one"), "<p>one</p>");
  EXPECT_EQ(Element("td class=\"x\" colspan=\"2\"", "one"), "<td class=\"x\" colspan=\"2\">one</td>");
}

TEST(EscapedJson, StaysInsideItsScript) {
  const std::string hostile = "</script><!--\u2028\u2029\u2030<script>";
  const std::string text = EscapedJson(Json::Object().Set("label", hostile));
  EXPECT_THAT(text, Not(HasSubstr("<")));
  EXPECT_THAT(text, Not(HasSubstr("\u2028")));
  EXPECT_THAT(text, HasSubstr("\u2030"));
  EXPECT_EQ(*Json::Parse(text)->Text("label"), hostile) << "and reads back as what it was";
}

}  // namespace
}  // namespace selvedge::core

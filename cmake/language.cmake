# What every target of ours compiles with. `selvedge_language` travels with the libraries; `selvedge_warnings` stays ours.
add_library(selvedge_language INTERFACE)
target_compile_features(selvedge_language INTERFACE cxx_std_23)

add_library(selvedge_warnings INTERFACE)
target_compile_options(selvedge_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these inside Eigen's and its own optimised headers (GCC bug 105329 and relatives).
  target_compile_options(selvedge_warnings INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow)
endif()

if(SELVEDGE_SANITIZE)
  target_compile_options(selvedge_language INTERFACE -fsanitize=${SELVEDGE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(selvedge_language INTERFACE -fsanitize=${SELVEDGE_SANITIZE})
endif()
if(SELVEDGE_FUZZ)
  target_compile_options(selvedge_language INTERFACE -fsanitize=fuzzer-no-link)
endif()

# selvedge_module(NAME [USES module…] [LINKS target…] [PRIVATE_LINKS target…] SOURCES file… [TESTS file…] [TEST_LINKS target…])
#
# One folder = one namespace = one library `selvedge_NAME`, with its unit tests beside the code.
# USES names the modules above it that it may include; `tools/check_layers.py` holds it to that.
function(selvedge_module NAME)
  cmake_parse_arguments(ARG "" "" "USES;LINKS;PRIVATE_LINKS;SOURCES;TESTS;TEST_LINKS" ${ARGN})
  set(target selvedge_${NAME})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} PUBLIC selvedge_language ${ARG_LINKS} PRIVATE selvedge_warnings ${ARG_PRIVATE_LINKS})
  target_compile_options(${target} PRIVATE -fno-exceptions)
  foreach(used IN LISTS ARG_USES)
    target_link_libraries(${target} PUBLIC selvedge_${used})
  endforeach()
  if(ARG_TESTS)
    selvedge_test(${NAME}_test SOURCES ${ARG_TESTS} LINKS ${target} ${ARG_TEST_LINKS})
  endif()
endfunction()

# selvedge_test(NAME [SLOW] SOURCES file… LINKS target…): a GoogleTest program whose cases CTest lists one by one.
#
# SLOW labels the cases `slow`: the release build runs them, the sanitizers and the second compiler only at night.
function(selvedge_test NAME)
  cmake_parse_arguments(ARG "SLOW" "" "SOURCES;LINKS" ${ARGN})
  if(NOT SELVEDGE_TESTS)
    return()
  endif()
  add_executable(${NAME} ${ARG_SOURCES})
  target_include_directories(${NAME} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${NAME} PRIVATE selvedge_warnings ${ARG_LINKS} GTest::gtest_main GTest::gmock)
  target_compile_definitions(${NAME} PRIVATE SELVEDGE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set(labels)
  if(ARG_SLOW)
    set(labels PROPERTIES LABELS slow)
  endif()
  gtest_discover_tests(${NAME} DISCOVERY_TIMEOUT 60 ${labels})
endfunction()

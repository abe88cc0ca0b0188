# libfast-float is headers only. It is reached through a folder of its own, so that the WebAssembly build does not see
# the rest of /usr/include, which belongs to another C library.
find_path(SELVEDGE_FAST_FLOAT_DIR fast_float/fast_float.h PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/third_party)
file(CREATE_LINK ${SELVEDGE_FAST_FLOAT_DIR}/fast_float ${PROJECT_BINARY_DIR}/third_party/fast_float SYMBOLIC)

add_library(selvedge_fast_float INTERFACE)
target_include_directories(selvedge_fast_float SYSTEM INTERFACE ${PROJECT_BINARY_DIR}/third_party)

# The reference page must be what the program prints.
execute_process(COMMAND ${PROGRAM} rules -o markdown OUTPUT_VARIABLE now RESULT_VARIABLE code)
file(READ ${PAGE} page)
if(NOT code EQUAL 0 OR NOT now STREQUAL page)
  message(FATAL_ERROR "${PAGE} is not current: stepreg rules -o markdown > ${PAGE}")
endif()

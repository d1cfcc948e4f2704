#pragma once
#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with the options of a command line (LLVM, compiler-rt/lib/fuzzer/FuzzerInterface.h).
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));

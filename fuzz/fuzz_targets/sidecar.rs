#![no_main]

#[path = "../../tests/suite/targets.rs"]
#[allow(dead_code, reason = "the other targets are run by programs of their own")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::sidecar(bytes));

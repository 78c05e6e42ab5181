//! How much is read: the calendar and the statistics.

pub mod calendar;
pub(in crate::app) mod chart;
pub(in crate::app) mod days;
pub mod statistics;
mod tables;

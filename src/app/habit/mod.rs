//! Reading habits: the calendar and the statistics.

pub(crate) mod calendar;
pub(in crate::app) mod chart;
pub(in crate::app) mod days;
pub(crate) mod statistics;
mod tables;

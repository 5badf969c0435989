//! What a printer says: its bytes told apart, and what they mean. Nothing here reads a line.

mod condition;
mod reader;

pub use condition::{Condition, HOT_PATIENCE, Question};
pub use reader::{LONGEST_BLOCK, Report, StatusReader};

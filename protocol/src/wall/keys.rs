//! The keys of hard devices beside a clerk: a caller keypad, a button, a rater in front of the visitor.

use serde::{Deserialize, Serialize};

use crate::{Number, WindowId, WindowMode};

/// A key has been pressed: `POST /api/v1/displays/{display}/keys`, answered by a [`KeypadView`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyPress {
    /// At which window.
    pub window: WindowId,
    /// Which key.
    pub key: Key,
}

/// What a key means. At a paused window every key resumes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// 呼叫: the next visitor, having finished with the present one.
    Call,
    /// 重呼: the present visitor again.
    Recall,
    /// 评价: the service is done, and its visitor is asked how it was.
    Rate,
    /// 等候: takes nobody for now; pressed again, goes on.
    Pause,
    /// 转移: the present visitor goes back to the queue, in their old place.
    Transfer,
    /// 挂起: sets the present visitor aside.
    Hold,
    /// 回呼: takes back whom this window set aside last.
    Resume,
    /// 弃号: nobody came.
    Pass,
}

/// What a keypad shows: what a window has now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct KeypadView {
    /// The window.
    pub window: WindowId,
    /// Whether it is at work.
    pub mode: WindowMode,
    /// Whom it has.
    pub number: Option<Number>,
    /// How many wait for it.
    pub waiting: u32,
    /// Whether the visitor who was just served can be asked how it was.
    pub may_rate: bool,
}

/// A visitor has said how it was: `POST /api/v1/displays/{display}/ratings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RatingGiven {
    /// At which window.
    pub window: WindowId,
    /// How.
    pub rating: Rating,
}

/// The five grades of the national rating (好差评).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rating {
    /// 非常不满意.
    VeryBad,
    /// 不满意.
    Bad,
    /// 基本满意.
    Fair,
    /// 满意.
    Good,
    /// 非常满意.
    VeryGood,
}

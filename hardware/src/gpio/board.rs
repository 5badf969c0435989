//! The lines of any board, through the kernel. They are found by name: the number of a chip changes from one
//! kernel to the next.

use std::time::Duration;

use gpiocdev::line::{Bias, EdgeDetection, Value};
use gpiocdev::tokio::AsyncRequest;
use gpiocdev::{FoundLine, Request};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::{GpioFault, LineAddress, Output, PRESSES_KEPT, Presses};

/// The name under which the kernel lists who uses a line.
const CONSUMER: &str = "openhall";

struct BoardOutput {
    line: LineAddress,
    request: Request,
    offset: u32,
}

impl Output for BoardOutput {
    fn set(&self, on: bool) -> Result<(), GpioFault> {
        let value = if on { Value::Active } else { Value::Inactive };
        self.request
            .set_value(self.offset, value)
            .map(drop)
            .map_err(|cause| unusable(&self.line, &cause))
    }
}

pub(super) fn output(line: &LineAddress) -> Result<Box<dyn Output>, GpioFault> {
    let (found, active_low) = find(line)?;
    let mut builder = Request::builder();
    builder.with_consumer(CONSUMER).with_found_line(&found).as_output(Value::Inactive);
    if active_low {
        builder.as_active_low();
    }
    let request = builder.request().map_err(|cause| unusable(line, &cause))?;
    Ok(Box::new(BoardOutput { line: line.clone(), request, offset: found.info.offset }))
}

pub(super) fn button(line: &LineAddress, debounce: Duration) -> Result<Presses, GpioFault> {
    let (found, _) = find(line)?;
    let request = Request::builder()
        .with_consumer(CONSUMER)
        .with_found_line(&found)
        .as_input()
        .with_bias(Bias::PullUp)
        .with_debounce_period(debounce)
        .with_edge_detection(EdgeDetection::FallingEdge)
        .request()
        .map_err(|cause| unusable(line, &cause))?;
    let (pressed, presses) = mpsc::channel(PRESSES_KEPT);
    let mut task = JoinSet::new();
    task.spawn(listen(AsyncRequest::new(request), line.clone(), pressed));
    Ok(Presses { presses, _line: Box::new(task) })
}

/// Passes presses on until the line is lost.
async fn listen(request: AsyncRequest, line: LineAddress, pressed: mpsc::Sender<()>) {
    loop {
        match request.read_edge_event().await {
            // Presses beyond those that are kept are somebody hammering.
            Ok(_) => drop(pressed.try_send(())),
            Err(cause) => return tracing::warn!(%line, %cause, "the button is lost"),
        }
    }
}

fn find(line: &LineAddress) -> Result<(FoundLine, bool), GpioFault> {
    let LineAddress::Named { name, active_low } = line else {
        return Err(GpioFault::NoSuchLine(line.clone()));
    };
    let found = gpiocdev::find_named_line(name);
    Ok((found.ok_or_else(|| GpioFault::NoSuchLine(line.clone()))?, *active_low))
}

fn unusable(line: &LineAddress, cause: &gpiocdev::Error) -> GpioFault {
    GpioFault::Unusable { line: line.clone(), cause: cause.to_string() }
}

//! A USB device's bulk pipes as a line: those of its printer interface, or of the first interface that has
//! one in each direction.

use std::io;

use nusb::descriptors::{InterfaceDescriptor, TransferType};
use nusb::transfer::{Bulk, Direction, In, Out};
use nusb::{Device, DeviceInfo};
use tokio::io::{AsyncRead, AsyncWrite, join};

/// The USB class of printers.
const PRINTER_CLASS: u8 = 7;
/// Bytes of one transfer: a multiple of every packet size there is.
const TRANSFER: usize = 4_096;

/// Where bytes go in and out of a device.
struct Pipes {
    interface: u8,
    input: u8,
    output: u8,
}

/// Opens a device by its ids.
pub(super) async fn open(
    vendor: u16,
    product: u16,
    serial: Option<&str>,
) -> io::Result<impl AsyncRead + AsyncWrite + Send + Unpin + use<>> {
    let device = find(vendor, product, serial).await?.open().await?;
    let pipes = pipes(&device)?;
    // The system's own printer driver lets go of it.
    let interface = device.detach_and_claim_interface(pipes.interface).await?;
    let input = interface.endpoint::<Bulk, In>(pipes.input)?;
    let output = interface.endpoint::<Bulk, Out>(pipes.output)?;
    Ok(join(input.reader(TRANSFER), output.writer(TRANSFER)))
}

async fn find(vendor: u16, product: u16, serial: Option<&str>) -> io::Result<DeviceInfo> {
    nusb::list_devices()
        .await?
        .find(|it| {
            (it.vendor_id(), it.product_id()) == (vendor, product)
                && serial.is_none_or(|serial| it.serial_number() == Some(serial))
        })
        .ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn pipes(device: &Device) -> io::Result<Pipes> {
    let configuration = device.active_configuration().map_err(io::Error::other)?;
    // Other settings of an interface would have to be chosen first; the usual one will do.
    let interfaces: Vec<_> =
        configuration.interfaces().map(|interface| interface.first_alt_setting()).collect();
    let is_printer = |it: &&InterfaceDescriptor<'_>| it.class() == PRINTER_CLASS;
    let printers = interfaces.iter().filter(is_printer);
    let others = interfaces.iter().filter(|it| !is_printer(it));
    printers.chain(others).find_map(bulk_pipes).ok_or_else(|| io::ErrorKind::Unsupported.into())
}

fn bulk_pipes(interface: &InterfaceDescriptor<'_>) -> Option<Pipes> {
    let first = |direction| {
        interface
            .endpoints()
            .find(|it| it.direction() == direction && it.transfer_type() == TransferType::Bulk)
            .map(|it| it.address())
    };
    let (input, output) = (first(Direction::In)?, first(Direction::Out)?);
    Some(Pipes { interface: interface.interface_number(), input, output })
}

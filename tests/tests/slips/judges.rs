//! Reading what the judges say: a picture's dots, a dump's Chinese, a code's address.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The upper half of code page 437, in which emupos writes the bytes it cannot print.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
                     └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The bytes behind a dump, read as the Chinese they were.
pub(crate) fn as_gb18030(dump: &str) -> Result<String> {
    let byte = |character: char| match u8::try_from(character) {
        Ok(ascii) if ascii < 0x80 => Some(ascii),
        _ => CP437.chars().zip(0x80..=0xff).find(|(it, _)| *it == character).map(|(_, byte)| byte),
    };
    let bytes: Option<Vec<u8>> = dump.chars().map(byte).collect();
    let bytes = bytes.context("a character that is not in code page 437")?;
    let (text, _, broken) = encoding_rs::GB18030.decode(&bytes);
    ensure!(!broken, "bytes that are not GB 18030 in\n{text}");
    Ok(text.into_owned())
}

/// What `zbarimg`, of Debian's package `zbar-tools`, reads in a picture.
pub(crate) fn read_code(picture: &Path) -> Result<String> {
    let output = Command::new("zbarimg")
        .args(["-q", "--raw", "--nodbus"])
        .arg(picture)
        .output()
        .context("zbarimg is missing: apt-get install zbar-tools")?;
    ensure!(output.status.success(), "no code was found in {}", picture.display());
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// A picture, a grey value for each dot.
pub(crate) struct Picture {
    pub(crate) size: (u32, u32),
    pub(crate) dots: Vec<u8>,
}

impl Picture {
    /// Reads a PNG of any depth.
    pub(crate) fn read(png: &[u8]) -> Result<Self> {
        let mut decoder = png::Decoder::new(Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info()?;
        let mut dots = vec![0; reader.output_buffer_size().context("a picture too large")?];
        let frame = reader.next_frame(&mut dots)?;
        ensure!(frame.color_type == png::ColorType::Grayscale, "{:?}", frame.color_type);
        Ok(Self { size: (frame.width, frame.height), dots })
    }
}

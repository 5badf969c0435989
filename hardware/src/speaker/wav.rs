//! WAV files: what a studio hands in is read, what a player is given is written. Only plain PCM; whoever made
//! something else is told what it is.

/// Bytes of the header this house writes.
pub const HEADER_BYTES: usize = 44;
/// What stands for the length while nobody knows it. Players read on until the sound ends; espeak-ng writes
/// the same.
const LENGTH_UNKNOWN: u32 = 0x7fff_f000;
/// The format's number of plain PCM, of the long form of a format, and of floating point.
const PCM: u16 = 1;
const EXTENSIBLE: u16 = 0xfffe;
const FLOAT: u16 = 3;
/// Rates between a telephone's and a studio's, in samples a second.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=192_000;

/// A sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wav {
    /// Samples a second.
    pub rate: u32,
    /// One channel of 16 bits.
    pub samples: Vec<i16>,
}

/// Why a file is no sound this house can play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WavFault {
    /// Something else altogether.
    #[error("it is no WAV file")]
    NoWav,
    /// It ends within a header, or has no sound.
    #[error("it is cut short")]
    CutShort,
    /// A WAV file with something else than PCM in it.
    #[error("it is {0} instead of plain PCM")]
    NotPcm(&'static str),
    /// So many bits to a sample.
    #[error("it has {0} bits a sample instead of 8, 16 or 24")]
    Bits(u16),
    /// So many channels.
    #[error("it has {0} channels instead of one or two")]
    Channels(u16),
    /// So many samples a second.
    #[error("it has {0} samples a second instead of 8000 to 192000")]
    Rate(u32),
}

/// How the samples of a file lie.
#[derive(Clone, Copy)]
struct Format {
    channels: u16,
    rate: u32,
    bits: u16,
}

impl Wav {
    /// Reads a file. Two channels become one.
    ///
    /// # Errors
    /// A [`WavFault`] that says what is wrong with it.
    pub fn read(file: &[u8]) -> Result<Self, WavFault> {
        if file.get(..4) != Some(b"RIFF") || file.get(8..12) != Some(b"WAVE") {
            return Err(WavFault::NoWav);
        }
        let mut format = None;
        let mut rest = &file[12..];
        while let Some((name, size, body)) = chunk(rest) {
            match name {
                b"fmt " => format = Some(Format::read(body)?),
                b"data" => {
                    let format = format.ok_or(WavFault::CutShort)?;
                    return Ok(Self { rate: format.rate, samples: format.samples(body) });
                }
                _ => {}
            }
            // Chunks lie at even places.
            rest = rest.get(size.saturating_add(8 + size % 2)..).unwrap_or_default();
        }
        Err(WavFault::CutShort)
    }

    /// The whole file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = header(self.rate, Some(self.samples.len())).to_vec();
        file.extend(self.samples.iter().flat_map(|it| it.to_le_bytes()));
        file
    }
}

/// The next chunk: its name, how long it says it is, and as much of it as there is. A stream does not know how
/// long it becomes, so a length beyond the end means "to the end".
fn chunk(rest: &[u8]) -> Option<(&[u8], usize, &[u8])> {
    let (name, body) = (rest.get(..4)?, rest.get(8..)?);
    let size = usize::try_from(number(rest.get(4..8)?)).ok()?;
    Some((name, size, &body[..size.min(body.len())]))
}

/// A number of up to four bytes, the lowest first.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

impl Format {
    fn read(body: &[u8]) -> Result<Self, WavFault> {
        let short = |place: usize| -> Result<u16, WavFault> {
            let bytes = body.get(place..place + 2).ok_or(WavFault::CutShort)?;
            Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
        };
        let channels = short(2)?;
        let rate = number(body.get(4..8).ok_or(WavFault::CutShort)?);
        let bits = short(14)?;
        // The long form says the same number further behind.
        let kind = if short(0)? == EXTENSIBLE { short(24)? } else { short(0)? };
        match kind {
            PCM => {}
            FLOAT => return Err(WavFault::NotPcm("floating point")),
            _ => return Err(WavFault::NotPcm("compressed")),
        }
        if !(1..=2).contains(&channels) {
            return Err(WavFault::Channels(channels));
        }
        if !matches!(bits, 8 | 16 | 24) {
            return Err(WavFault::Bits(bits));
        }
        if !RATES.contains(&rate) {
            return Err(WavFault::Rate(rate));
        }
        Ok(Self { channels, rate, bits })
    }

    fn samples(self, data: &[u8]) -> Vec<i16> {
        let width = usize::from(self.bits / 8);
        let both = data.chunks_exact(width * usize::from(self.channels));
        both.map(|frame| {
            let sum: i32 = frame.chunks_exact(width).map(|it| i32::from(sample(it))).sum();
            i16::try_from(sum / i32::from(self.channels)).expect("a mean lies between its parts")
        })
        .collect()
    }
}

/// A sample as 16 bits. Those of 8 bits have no sign, and the lowest byte of 24 bits cannot be heard.
fn sample(bytes: &[u8]) -> i16 {
    match *bytes {
        [only] => (i16::from(only) - 128) << 8,
        [low, high] | [_, low, high] => i16::from_le_bytes([low, high]),
        _ => 0,
    }
}

/// A file's header, for one channel of 16 bits and so many samples; nobody knows how many of a stream.
#[must_use]
pub fn header(rate: u32, samples: Option<usize>) -> [u8; HEADER_BYTES] {
    let length = samples.and_then(|it| u32::try_from(it.checked_mul(2)?).ok());
    let length = length.unwrap_or(LENGTH_UNKNOWN).min(LENGTH_UNKNOWN);
    let mut header = *b"RIFF    WAVEfmt \x10\0\0\0\x01\0\x01\0        \x02\0\x10\0data    ";
    let mut put = |place: usize, value: u32| {
        header[place..place + 4].copy_from_slice(&value.to_le_bytes());
    };
    put(4, length + 36);
    put(24, rate);
    put(28, rate * 2);
    put(40, length);
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of a format, as other programs write it.
    fn file(kind: u16, channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
        let mut fmt = Vec::new();
        fmt.extend(kind.to_le_bytes());
        fmt.extend(channels.to_le_bytes());
        fmt.extend(rate.to_le_bytes());
        fmt.extend([0; 6]);
        fmt.extend(bits.to_le_bytes());
        if kind == EXTENSIBLE {
            fmt.extend([22, 0, bits.to_le_bytes()[0], 0, 0, 0, 0, 0, 1, 0]);
            fmt.extend([0; 14]);
        }
        let mut file = b"RIFF\0\0\0\0WAVE".to_vec();
        let chunks: [(&[u8; 4], &[u8]); 3] = [(b"LIST", b"odd"), (b"fmt ", &fmt), (b"data", data)];
        for (name, body) in chunks {
            file.extend(name);
            file.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
            file.extend(body);
            file.extend(vec![0; body.len() % 2]);
        }
        file
    }

    #[test]
    fn what_is_written_is_read() {
        let wav = Wav { rate: 24_000, samples: vec![0, 1, -1, i16::MAX, i16::MIN] };
        assert_eq!(Wav::read(&wav.bytes()), Ok(wav));
    }

    #[test]
    fn a_stream_of_unknown_length_is_read_to_its_end() {
        let mut stream = header(22_050, None).to_vec();
        stream.extend([1, 0, 2, 0]);
        assert_eq!(Wav::read(&stream), Ok(Wav { rate: 22_050, samples: vec![1, 2] }));
    }

    #[test]
    fn recordings_of_every_usual_kind_are_read() {
        type Case = (u16, u16, u16, &'static [u8], &'static [i16]);
        let cases: [Case; 5] = [
            (PCM, 1, 8, &[128, 255, 0, 128], &[0, 127 << 8, i16::MIN, 0]),
            (PCM, 1, 16, &[1, 0, 255, 255], &[1, -1]),
            (PCM, 1, 24, &[9, 1, 0, 9, 0, 128], &[1, i16::MIN]),
            (PCM, 2, 16, &[2, 0, 4, 0, 0, 128, 0, 128], &[3, i16::MIN]),
            (EXTENSIBLE, 2, 24, &[0, 2, 0, 0, 4, 0], &[3]),
        ];
        for (kind, channels, bits, data, samples) in cases {
            let read = Wav::read(&file(kind, channels, 48_000, bits, data));
            let expected = Wav { rate: 48_000, samples: samples.to_vec() };
            assert_eq!(read, Ok(expected), "{bits} bits, {channels} channels");
        }
    }

    #[test]
    fn what_cannot_be_played_is_refused_in_one_sentence() {
        let cases = [
            (b"ID3\x03 an mp3 file".to_vec(), "it is no WAV file"),
            (b"RIFF".to_vec(), "it is no WAV file"),
            (b"RIFF\0\0\0\0WAVE".to_vec(), "it is cut short"),
            (file(FLOAT, 1, 48_000, 32, &[]), "it is floating point instead of plain PCM"),
            (file(17, 1, 48_000, 4, &[]), "it is compressed instead of plain PCM"),
            (file(PCM, 6, 48_000, 16, &[]), "it has 6 channels instead of one or two"),
            (file(PCM, 1, 48_000, 32, &[]), "it has 32 bits a sample instead of 8, 16 or 24"),
            (file(PCM, 1, 400, 16, &[]), "it has 400 samples a second instead of 8000 to 192000"),
        ];
        for (file, sentence) in cases {
            assert_eq!(Wav::read(&file).expect_err(sentence).to_string(), sentence);
        }
    }
}

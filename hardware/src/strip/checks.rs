//! Checksums of strips' frames.

/// The sum of bytes, modulo 256.
#[must_use]
pub fn sum8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

/// All bytes, exclusive-or.
#[must_use]
pub fn xor8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

/// The polynomial of CRC-16/ARC, its bits turned round.
const POLYNOMIAL: u16 = 0xa001;

/// CRC-16/ARC: polynomial 8005 turned round, beginning with 0.
#[must_use]
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_have_their_published_check_values() {
        assert_eq!(crc16(b"123456789"), 0xbb3d);
        assert_eq!(sum8(&[0x05, 0x03, 0xe7]), 0xef);
        assert_eq!(sum8(&[0xff, 0x02]), 1);
        assert_eq!(xor8(&[0xff, 0x02]), 0xfd);
    }
}

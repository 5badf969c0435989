//! What a hall shows besides its calls: notices, pictures, a video.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{Hall, config, repository};

/// Width and height of the picture.
const PICTURE: (u32, u32) = (960, 540);

/// Puts files into the hall's media folder: one that is no picture whatever its name says, a picture, a
/// video of two seconds (`ffmpeg -f lavfi -i gradients=s=640x360:d=2:r=12 -c:v libvpx-vp9 -an two-seconds.webm`).
pub(crate) fn put(hall: &Hall) -> Result<()> {
    let folder = config::data_dir(hall.folder().path()).join("media");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("a-broken.png"), "not a picture")?;
    draw(&folder.join("b-picture.png"))?;
    let video = repository::root().join("tests/fixtures/two-seconds.webm");
    fs::copy(&video, folder.join("c-video.webm"))
        .with_context(|| format!("cannot copy {}", video.display()))?;
    Ok(())
}

/// A picture with a frame, so that one sees whether all of it is there.
fn draw(file: &Path) -> Result<()> {
    let (width, height) = PICTURE;
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(file)?), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let dots = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let is_frame = |x: u32, y: u32| x.min(y).min(width - 1 - x).min(height - 1 - y) < 12;
    let colour = |x, y| if is_frame(x, y) { [250, 230, 120] } else { [40, (y / 4) as u8, 120] };
    let bytes: Vec<u8> = dots.flat_map(|(x, y)| colour(x, y)).collect();
    encoder.write_header()?.write_image_data(&bytes)?;
    Ok(())
}

/// A notice as most are.
pub(crate) fn notice() -> Value {
    json!({
        "title": { "zh": "系统维护公告", "en": "System Maintenance" },
        "text": {
            "zh": "本周六（28日）12:00—14:00不动产登记系统升级，期间暂停办理相关业务，请合理安排时间。",
            "en": "The property registration system is upgraded this Saturday (28th) from 12:00 to 14:00. Please plan your visit accordingly.",
        },
    })
}

/// A notice that no screen holds at once.
pub(crate) fn long_notice() -> Value {
    let zh = "为方便群众办事，大厅自即日起延长服务时间，早间提前三十分钟取号，午间不休息，晚间延时至十八时三十分。";
    let en = "To make visits easier, the hall now opens thirty minutes earlier, stays open at noon and closes at 18:30. ";
    json!({
        "title": { "zh": "关于延长服务时间的公告", "en": "Longer Opening Hours" },
        "text": { "zh": zh.repeat(7), "en": en.repeat(3) },
    })
}

//! Slips from texts to bytes to a picture: what is on the paper is what was asked for.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::process::Command;
use std::time::Duration;

use hardware::printer::escpos::slip_job;
use hardware::printer::{
    Paper, PrintJob, Printer, PrinterFault, PrinterStatus, SimulatedPrinter, Slip, SlipLine,
};

const URL: &str = "http://hall.example:8080/t/6sB2yQm0c1xN4nA8wq_2Zk";

fn line(label: &str, value: &str) -> SlipLine {
    SlipLine { label: label.to_owned(), value: value.to_owned(), strong: false }
}

fn slip() -> Slip {
    Slip {
        hall: "大东区政务服务中心".to_owned(),
        caption: "您的号码".to_owned(),
        number: "A001".to_owned(),
        services: vec!["社会保障卡申领、启用与补换".to_owned(), "居住证办理".to_owned()],
        lines: vec![
            line("类别", "普通"),
            line("前方等待", "12人，约15-25分钟"),
            line("地点", "1F综合服务区 1、2、3、4、5、6、7、8、9、10、11、12号窗口"),
            line("时间", "2026-11-23 09:31"),
            line("证件尾号", "002X"),
        ],
        url: URL.to_owned(),
        url_caption: "扫码查看排队进度".to_owned(),
        tip: "请在休息区等候，听到叫号后到窗口办理；过号请到咨询台。".to_owned(),
    }
}

fn printer(paper: Paper) -> SimulatedPrinter {
    SimulatedPrinter::with_printing_time(paper, Duration::ZERO)
}

#[tokio::test]
async fn the_picture_shows_what_the_slip_says_on_both_papers() {
    for paper in [Paper::Mm58, Paper::Mm80] {
        let printer = printer(paper);
        let job = slip_job("A001", &slip(), paper).unwrap();
        assert!(job.bytes.len() < 700, "{} bytes", job.bytes.len());
        printer.print(job).await.unwrap();
        let picture = printer.pictures().remove(0);
        assert_eq!((picture.serial, picture.name.as_str()), (1, "A001"));
        for text in ["A001", "大东区政务服务中心", "居住证办理", "002X", "扫码查看排队进度"]
        {
            assert!(picture.svg.contains(text), "{text} is missing on {paper:?}");
        }
        assert!(picture.svg.contains("<path"), "the code is missing on {paper:?}");
    }
}

#[test]
fn the_bytes_are_those_a_printer_needs() {
    let bytes = slip_job("A001", &slip(), Paper::Mm80).unwrap().bytes;
    assert!(bytes.starts_with(b"\x1b@\x1c&"), "starts and turns Chinese on");
    assert!(bytes.ends_with(b"\x1dV\x42\x00"), "feeds and cuts");
    let has = |part: &[u8]| bytes.windows(part.len()).any(|it| it == part);
    assert!(has(b"\x1d(k\x04\x001A2\x00"), "the code is Model 2");
    assert!(has(URL.as_bytes()), "the code holds the address");
    assert!(has(b"\x1d!\x55A001"), "the number is six times as large");
}

#[test]
fn a_name_cannot_smuggle_a_command() {
    let mut slip = slip();
    slip.hall = "大厅\u{1b}p\u{0}\n".to_owned();
    let bytes = slip_job("A001", &slip, Paper::Mm80).unwrap().bytes;
    assert!(!bytes.windows(2).any(|it| it == b"\x1bp"));
}

#[tokio::test]
async fn an_address_too_long_for_a_code_is_an_error_not_half_a_slip() {
    let mut slip = slip();
    slip.url = "x".repeat(8000);
    assert!(slip_job("A001", &slip, Paper::Mm80).is_err());
    slip.url = "x".repeat(4000);
    let job = slip_job("A001", &slip, Paper::Mm80).unwrap();
    assert_eq!(printer(Paper::Mm80).print(job).await, Err(PrinterFault::BadJob));
}

#[tokio::test]
async fn out_of_paper_prints_nothing_and_with_paper_it_goes_on() {
    let printer = printer(Paper::Mm80);
    let job = slip_job("A001", &slip(), Paper::Mm80).unwrap();
    printer.set_status(PrinterStatus::Down(PrinterFault::PaperOut));
    assert_eq!(printer.print(job.clone()).await, Err(PrinterFault::PaperOut));
    assert!(printer.pictures().is_empty());
    printer.set_status(PrinterStatus::PaperLow);
    assert_eq!(printer.print(job).await, Ok(()));
    assert_eq!(*printer.slips_cut().borrow(), 1);
}

/// `zbarimg` is in Debian's package `zbar-tools`.
#[tokio::test]
async fn a_phone_reads_the_code_on_the_picture() {
    for paper in [Paper::Mm58, Paper::Mm80] {
        let printer = printer(paper);
        printer.print(slip_job("A001", &slip(), paper).unwrap()).await.unwrap();
        let picture = printer.pictures().remove(0);
        let file = std::env::temp_dir().join(format!("slip-{}-{paper:?}.pgm", std::process::id()));
        std::fs::write(&file, raster(&picture.svg)).unwrap();
        let read = Command::new("zbarimg").args(["-q", "--raw", "--nodbus"]).arg(&file).output();
        std::fs::remove_file(&file).unwrap();
        let read = read.expect("zbarimg must be installed: apt-get install zbar-tools");
        assert_eq!(String::from_utf8_lossy(&read.stdout).trim(), URL, "on {paper:?}");
    }
}

/// The picture's code as a grey map: every `Mx yhNvNh-Nz` of its path is one dark square.
fn raster(svg: &str) -> Vec<u8> {
    let side = 1200;
    let mut dots = vec![255; side * side];
    let path = svg.split("<path").nth(1).unwrap().split('"').nth(3).unwrap();
    for square in path.split('z').filter(|square| !square.is_empty()) {
        let figures: Vec<usize> = square
            .split(|it: char| !it.is_ascii_digit())
            .filter_map(|figure| figure.parse().ok())
            .collect();
        let [left, top, module, ..] = figures[..] else { panic!("no square: {square}") };
        for y in top..top + module {
            dots[y * side + left..][..module].fill(0);
        }
    }
    [format!("P5 {side} {side} 255\n").into_bytes(), dots].concat()
}

#[tokio::test]
async fn nonsense_is_refused() {
    let job = PrintJob { name: "?".to_owned(), bytes: b"\x1bZnonsense".to_vec() };
    assert_eq!(printer(Paper::Mm80).print(job).await, Err(PrinterFault::BadJob));
}

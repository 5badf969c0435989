//! What `kiosk.toml` may say, and what it is told when it says something else.

use hardware::printer::{Confirm, Profile};
use slip::{Mode, Paper};

use super::*;

const LEAST: &str = "hall_url = \"http://hall:8080\"\nkiosk = \"k1\"\ntoken = \"t\"\n";

fn read(text: &str) -> Result<Config, Fault> {
    let file = Path::new("kiosk.toml");
    settings::parse::<Config>(file, text)?.checked(file)
}

#[test]
fn three_keys_are_enough() {
    let config = read(LEAST).expect("the least there must be");
    assert_eq!(config.listen, usual_listen());
    assert_eq!(config.press().map(|press| press.paper), Ok(Paper::Mm80));
    assert_eq!(config.printer_profile(), Ok(Profile::default()));
}

#[test]
fn the_demo_kiosk_says_what_is_usual() {
    let demo = read(include_str!("../../../configs/demo/kiosk.toml")).expect("the demo is valid");
    assert_eq!(demo.screen, ScreenConfig::default());
    assert_eq!(demo.printer, PrinterConfig::default());
    assert_eq!(demo.card_reader, CardReaderConfig::default());
    assert_eq!(demo.chip_reader, ChipReaderConfig::default());
    assert_eq!(demo.scanner, ScannerConfig::default());
    assert_eq!(demo.speaker, SpeakerConfig::default());
    assert_eq!(demo.lamp, LampConfig::default());
    assert_eq!(demo.offline.numbers_per_series, OfflineConfig::default().numbers_per_series);
}

#[test]
fn the_real_kiosk_has_no_simulated_device() {
    let real = read(include_str!("../../../configs/kiosk/kiosk.toml")).expect("it is valid");
    assert_eq!(real.printer.kind, PrinterKind::Escpos);
    assert_eq!(real.card_reader.kind, CardReaderKind::Sam);
    assert_eq!(real.scanner.kind, ScannerKind::Serial);
    assert_eq!(real.speaker_settings(), hardware::speaker::Settings::default());
    assert_eq!(real.speaker.kind, SpeakerKind::Engine);
    assert_eq!(real.lamp.kind, LampKind::None);
    assert!(!real.screen.restart_command.is_empty());
}

#[test]
fn real_devices_are_read_as_they_are_written() {
    let more = "[printer]\nkind = \"escpos\"\naddress = \"usb:04b8:0202\"\npaper_mm = 58\n\
                mode = \"raster\"\ncut = \"1B 69\"\npresent = \"1d6503\"\nclear = \"10 05 02\"\n\
                confirm = \"none\"\n\
                [card_reader]\nkind = \"sam\"\naddress = \"serial:/dev/ttyUSB0\"\n\
                [scanner]\nkind = \"wedge\"\naddress = \"usb:1eab:0c10\"\n\
                [speaker]\nkind = \"none\"\n\
                [offline]\nnext_kiosk = { zh = \"东门\", en = \"East gate\" }";
    let config = read(&format!("{LEAST}{more}")).expect("a real kiosk");
    let (press, profile) = (config.press().expect("58"), config.printer_profile().expect("hex"));
    assert_eq!((press.paper, press.mode), (Paper::Mm58, Mode::Raster));
    assert_eq!((profile.cut, profile.present), (vec![0x1b, 0x69], vec![0x1d, 0x65, 0x03]));
    assert_eq!((profile.clear, profile.confirm), (vec![0x10, 0x05, 0x02], Confirm::None));
    let settings = config.flow_settings();
    assert!(!settings.voice && settings.next_kiosk.is_some());
}

#[test]
fn faults_name_file_key_and_mend() {
    let cases = [
        ("lisen = \"x\"", "`lisen`", "listen"),
        ("listen = \"8081\"", "`listen`", "correct the value"),
        ("[printer]\npaper_mm = 70", "`printer.paper_mm`", "58 or 80"),
        ("[printer]\nkind = \"laser\"", "`printer.kind`", "simulated"),
        ("[printer]\nkind = \"escpos\"", "`printer.address`", "tcp:10.0.0.7:9100"),
        (
            "[printer]\nkind = \"escpos\"\naddress = \"LPT1\"",
            "`printer.address`",
            "usb:VENDOR:PRODUCT",
        ),
        ("[printer]\ncut = \"1d 5\"", "`printer.cut`", "pairs of digits"),
        ("[printer]\nclear = \"DLE\"", "`printer.clear`", "pairs of digits"),
        ("[printer]\nconfirm = \"yes\"", "`printer.confirm`", "process"),
        ("[printer]\nslips_per_roll = 0", "`printer.slips_per_roll`", "50 to 20000"),
        ("[card_reader]\nkind = \"sam\"", "`card_reader.address`", "serial:"),
        (
            "[scanner]\nkind = \"wedge\"\naddress = \"serial:/dev/ttyACM0\"",
            "`scanner.address`",
            "usb:",
        ),
        ("[chip_reader]\nopen_commands = [\"00\"]", "`chip_reader.open_commands`", "commands"),
        ("[screen]\nidle_seconds = \"long\"", "`screen.idle_seconds`", "correct the value"),
        ("[screen]\nidle_seconds = 1", "`screen.idle_seconds`", "10 to 600"),
        ("[screen]\nwarning_seconds = 60", "`screen.warning_seconds`", "1 to 59"),
        ("[screen]\nmedia_dir = \"/nowhere\"", "`screen.media_dir`", "make it"),
        ("[offline]\nnumbers_per_series = 201", "`offline.numbers_per_series`", "0 to 200"),
        ("[lamp]\nkind = \"raspberry-pi\"", "`lamp.pin`", "BCM"),
    ];
    for (more, key, mend) in cases {
        let fault = read(&format!("{LEAST}{more}")).expect_err(more).to_string();
        assert!(fault.starts_with("kiosk.toml: "), "{fault}");
        assert!(fault.contains(key) && fault.contains(mend), "{fault}");
    }
    let missing = read("kiosk = \"k1\"\ntoken = \"t\"").expect_err("a fault").to_string();
    assert!(missing.contains("`hall_url`"), "{missing}");
    for (wrong, mend) in [("https://hall:8080", "without TLS"), ("http://", "10.0.0.5:8080")] {
        let text = LEAST.replace("http://hall:8080", wrong);
        let fault = read(&text).expect_err("a fault").to_string();
        assert!(fault.contains("`hall_url`") && fault.contains(mend), "{fault}");
    }
}

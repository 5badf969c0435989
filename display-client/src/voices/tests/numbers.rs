//! Every number and window that a hall can have is said right: what the clips say is read back by other rules
//! than those it was made by.

use hardware::speaker::Tongue;

use crate::voices::config::One;
use crate::voices::phrase::{Part, Phrasing};
use crate::voices::vocabulary::Vocabulary;

/// The words of the clips of a phrase.
fn words(tongue: Tongue, one: One, template: &str, number: &str, window: &str) -> Vec<String> {
    let vocabulary = Vocabulary::of(tongue, "");
    let phrasing = Phrasing { tongue, vocabulary: &vocabulary, one };
    let said = phrasing.parts(template, number, window).into_iter().filter_map(|part| match part {
        Part::Clip(name) => Some(vocabulary.words(&name).expect("a clip").to_owned()),
        Part::Words(words) => Some(format!("<{words}>")),
        Part::Pause => None,
    });
    said.collect()
}

/// Reads Chinese numerals as people do: each digit waits for its unit.
fn read_mandarin(said: &str) -> u32 {
    let (mut sum, mut digit) = (0, 0);
    for sign in said.chars() {
        match sign {
            '十' => sum += std::mem::take(&mut digit).max(u32::from(sum == 0)) * 10,
            '百' => sum += std::mem::take(&mut digit) * 100,
            other => {
                let place = "零一二三四五六七八九".chars().position(|it| it == other);
                digit = u32::try_from(place.expect("a digit")).expect("small");
            }
        }
    }
    sum + digit
}

/// Reads English number words.
fn read_english(said: &[String]) -> u32 {
    const ONES: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
                        fifteen sixteen seventeen eighteen nineteen";
    const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";
    let place = |list: &str, word: &str| list.split(' ').position(|it| it == word);
    let mut sum = 0;
    for word in said {
        sum = match (word.as_str(), place(ONES, word), place(TENS, word)) {
            ("and", ..) => sum,
            ("hundred", ..) => sum * 100,
            (_, Some(ones), _) => sum + ones,
            (_, _, Some(tens)) => sum + (tens + 2) * 10,
            _ => panic!("{word} is no number"),
        };
    }
    u32::try_from(sum).expect("small")
}

#[test]
fn every_window_from_1_to_999_is_said_as_its_number_in_both_languages() {
    for window in 0..=999_u32 {
        let name = window.to_string();
        let said = words(Tongue::Mandarin, One::Yao, "{window}", "", &name).concat();
        assert_eq!(read_mandarin(&said), window, "{said}");
        assert!(!said.contains('幺'), "a window is no telephone number");
        let said = words(Tongue::English, One::Yi, "{window}", "", &name);
        assert_eq!(read_english(&said), window, "{said:?}");
    }
}

#[test]
fn windows_are_said_as_people_say_them() {
    let cases = [
        ("2", "二", "two"),
        ("10", "十", "ten"),
        ("12", "十二", "twelve"),
        ("20", "二十", "twenty"),
        ("35", "三十五", "thirty five"),
        ("100", "一百", "one hundred"),
        ("105", "一百零五", "one hundred and five"),
        ("110", "一百一十", "one hundred and ten"),
        ("118", "一百一十八", "one hundred and eighteen"),
        ("230", "二百三十", "two hundred and thirty"),
        ("03", "三", "three"),
        ("1203", "一二零三", "one two zero three"),
        ("B2", "B二", "B two"),
    ];
    for (window, mandarin, english) in cases {
        let said = words(Tongue::Mandarin, One::Yi, "{window}", "", window);
        assert_eq!(said.concat(), mandarin);
        let said = words(Tongue::English, One::Yi, "{window}", "", window);
        assert_eq!(said.join(" "), english);
    }
}

#[test]
fn every_digit_and_letter_of_a_number_is_said_by_itself() {
    let digits = "零一二三四五六七八九";
    for letter in 'A'..='Z' {
        for value in 0..=999 {
            let number = format!("{letter}{value:03}");
            let expected: Vec<String> = number
                .chars()
                .map(|it| match it.to_digit(10) {
                    Some(digit) => digits.chars().nth(digit as usize).expect("ten").to_string(),
                    None => it.to_string(),
                })
                .collect();
            assert_eq!(words(Tongue::Mandarin, One::Yi, "{number}", &number, ""), expected);
            if value % 37 == 0 {
                let said = words(Tongue::English, One::Yi, "{number}", &number, "");
                assert_eq!(said[0], letter.to_string());
                let back: String =
                    said[1..].chunks(1).map(|it| read_english(it).to_string()).collect();
                assert_eq!(back, number[1..]);
            }
        }
    }
}

#[test]
fn the_usual_templates_are_said_in_clips_alone() {
    let said = words(Tongue::Mandarin, One::Yi, "请{number}号到{window}号窗口", "A001", "3");
    assert_eq!(said, ["请", "A", "零", "零", "一", "号到", "三", "号窗口"]);
    let template = "Number {number}, please go to window {window}";
    let said = words(Tongue::English, One::Yi, template, "A001", "21");
    assert_eq!(said.join(" "), "number A zero zero one please go to window twenty one");
    let said =
        words(Tongue::Mandarin, One::Yao, "请{number}到{window}号窗口办理业务", "B110", "11");
    assert_eq!(said.concat(), "请B幺幺零到十一号窗口办理业务");
}

#[test]
fn what_there_is_no_clip_of_is_left_to_the_engine_as_a_whole() {
    let mandarin = |template, number, window| {
        words(Tongue::Mandarin, One::Yi, template, number, window).join("|")
    };
    let template = "请{number}号到{window}窗口，带上护照";
    assert_eq!(
        mandarin(template, "护A01", "综合3"),
        "请|<护>|A|零|一|号到|<综合3>|窗口|<带上护照>"
    );
    let english = |template| words(Tongue::English, One::Yi, template, "A1", "3").join("|");
    assert_eq!(
        english("Dear number {number}. Please go to window {window}"),
        "<Dear number>|A|one|please go to window|three"
    );
}

#[test]
fn a_place_that_nobody_knows_is_not_said() {
    assert_eq!(words(Tongue::Mandarin, One::Yi, "请{numbr}", "A1", "3").concat(), "请<numbr}>");
}

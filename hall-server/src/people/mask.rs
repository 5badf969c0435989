//! How a name is shown where others can read it: 张*, 张*明, 欧阳*明, J***.

/// Surnames of two characters, kept whole.
const COMPOUND_SURNAMES: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯",
    "长孙", "宇文", "独孤", "南宫", "端木", "百里", "轩辕", "呼延",
];

/// A name with everything hidden but the surname and the last character.
pub(super) fn name(full: &str) -> String {
    let chars: Vec<char> = full.chars().collect();
    if full.is_ascii() {
        return chars.first().map(|initial| format!("{initial}***")).unwrap_or_default();
    }
    let compound = chars.len() > 2 && COMPOUND_SURNAMES.iter().any(|it| full.starts_with(it));
    let surname: String = chars.iter().take(if compound { 2 } else { 1 }).collect();
    match &chars[surname.chars().count()..] {
        [] | [_] => format!("{surname}*"),
        [hidden @ .., last] => format!("{surname}{}{last}", "*".repeat(hidden.len())),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_the_surname_and_the_last_character() {
        for (full, masked) in [
            ("张三", "张*"),
            ("张小明", "张*明"),
            ("欧阳明", "欧阳*"),
            ("欧阳小明", "欧阳*明"),
            ("阿卜杜拉", "阿**拉"),
            ("John Smith", "J***"),
            ("张", "张*"),
        ] {
            assert_eq!(super::name(full), masked, "{full}");
        }
    }
}

//! The book across starts, and what it says when it cannot be opened.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use super::*;

fn directory(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("kiosk-book-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    dir
}

#[tokio::test]
async fn what_is_written_is_there_after_a_start_and_a_failure_leaves_nothing() {
    let dir = directory("kept");
    let book = Book::open(&dir, "token").unwrap();
    book.write(|tx| store::keep_document(tx, "menu", "{}")).await.unwrap();
    let failed = book
        .write(|tx| {
            store::count(tx, "slips")?;
            Err::<(), _>(rusqlite::Error::InvalidQuery)
        })
        .await;
    assert!(failed.is_err());
    drop(book);
    let book = Book::open(&dir, "token").unwrap();
    let (menu, slips) = book
        .write(|tx| Ok((store::document(tx, "menu")?, store::counted(tx, "slips")?)))
        .await
        .unwrap();
    assert_eq!((menu.as_deref(), slips), (Some("{}"), 0));
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_book_that_cannot_be_used_is_one_clear_sentence() {
    let dir = directory("newer");
    drop(Book::open(&dir, "token").unwrap());
    // The thread lets go of the file a moment later; opening waits for it.
    let db = store::open(&dir).unwrap();
    let fault = Book::open(&dir, "token").err().unwrap();
    assert!(fault.mend().contains("other kiosk"), "{fault}");
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let fault = Book::open(&dir, "token").err().unwrap();
    assert!(fault.to_string().contains("schema 99") && fault.mend().contains("newer program"));

    std::fs::write(dir.join("kiosk.db"), "this is no book, whatever its name says").unwrap();
    let fault = Book::open(&dir, "token").err().unwrap();
    assert!(fault.to_string().contains("kiosk.db cannot be used"), "{fault}");

    let fault = Book::open(&dir.join("kiosk.db"), "token").err().unwrap();
    assert!(fault.mend().contains("may write to"), "{fault}");
    std::fs::remove_dir_all(&dir).unwrap();
}

#[tokio::test]
async fn a_full_disk_keeps_what_there_is_and_says_so() {
    let dir = directory("full");
    let book = Book::open(&dir, "token").unwrap();
    book.write(|tx| store::keep_document(tx, "menu", "{}")).await.unwrap();
    // SQLite's own limit answers as a full disk does.
    book.write(|tx| tx.pragma_update(None, "max_page_count", 1)).await.unwrap();
    let long = "x".repeat(1 << 20);
    let fault = book.write(move |tx| store::keep_document(tx, "menu", &long)).await.unwrap_err();
    assert!(fault.to_string().contains("full"), "{fault}");
    let menu = book.write(|tx| store::document(tx, "menu")).await.unwrap();
    assert_eq!(menu.as_deref(), Some("{}"));
    book.close();
    assert!(book.write(|tx| store::document(tx, "menu")).await.is_err());
    std::fs::remove_dir_all(&dir).unwrap();
}

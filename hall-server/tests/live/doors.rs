//! Who is turned away, and how the hall says goodbye.

use hall_server::config::Limits;
use protocol::live::{ClientMessage, Output, Topic, VERSION};
use protocol::wall::DisplayReport;
use protocol::{Seq, Timestamp};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::client::{Client, board, console};
use crate::hall::{INTEGRATOR, TestHall, display_token};

/// The goodbye to a client that begins with this text.
async fn goodbye_to(hall: &TestHall, text: impl Into<String>) -> String {
    let mut client = Client::connect(hall.addr(), None).await;
    client.send(Message::text(text.into())).await;
    client.goodbye().await
}

fn hello(topic: Topic) -> String {
    let hello = ClientMessage::Hello { version: VERSION, topic, seen: None };
    serde_json::to_string(&hello).expect("serialises")
}

#[tokio::test]
async fn who_makes_no_sense_is_told_so() {
    let hall = TestHall::start().await;
    for nonsense in ["", "hello", "{}", "[1, 2]", r#"{"type":"hello"}"#, r#"{"type":"pong"}"#] {
        assert_eq!(goodbye_to(&hall, nonsense).await, "malformed", "{nonsense}");
    }
    let long = "x".repeat(100_000);
    assert_eq!(goodbye_to(&hall, hello(board(&long))).await, "malformed");
    let mut client = Client::connect(hall.addr(), None).await;
    client.send(Message::binary(vec![1, 2, 3])).await;
    assert_eq!(client.goodbye().await, "malformed");
    let mut twice = Client::watching(hall.addr(), None, board("all")).await;
    twice.hello(board("all"), None).await;
    assert_eq!(twice.goodbye().await, "malformed");
}

#[tokio::test]
async fn another_version_is_refused() {
    let hall = TestHall::start().await;
    let other = ClientMessage::Hello { version: VERSION + 1, topic: board("all"), seen: None };
    let other = serde_json::to_string(&other).expect("serialises");
    assert_eq!(goodbye_to(&hall, other).await, "version");
}

#[tokio::test]
async fn what_does_not_exist_is_unknown() {
    let hall = TestHall::start().await;
    let forged = Topic::Ticket { token: "A".repeat(32) };
    // A genuine token, of a ticket that is not of today.
    let token = hall.running.hall.tokens().token(protocol::TicketId(99));
    for topic in [board("nowhere"), forged, Topic::Ticket { token }] {
        assert_eq!(goodbye_to(&hall, hello(topic.clone())).await, "unknown", "{topic:?}");
    }
    let mut known = Client::connect(hall.addr(), Some(INTEGRATOR)).await;
    known.hello(console("nowhere"), None).await;
    assert_eq!(known.goodbye().await, "unknown");
}

#[tokio::test]
async fn who_may_not_is_told_so() {
    let hall = TestHall::start().await;
    for topic in [Topic::Hall, console("e1"), console("nowhere")] {
        assert_eq!(goodbye_to(&hall, hello(topic.clone())).await, "forbidden", "{topic:?}");
    }
    let display = display_token("all");
    for topic in [Topic::Hall, console("e1")] {
        let mut client = Client::connect(hall.addr(), Some(&display)).await;
        client.hello(topic.clone(), None).await;
        assert_eq!(client.goodbye().await, "forbidden", "{topic:?}");
    }
}

#[tokio::test]
async fn only_a_display_tells_of_itself_and_only_in_its_own_name() {
    let hall = TestHall::start().await;
    let told = [
        ClientMessage::Acknowledge {
            announcement: Seq(1),
            output: Output::Shown,
            at: Timestamp(0),
        },
        ClientMessage::AcknowledgeEmergency { emergency: 1, at: Timestamp(0) },
        ClientMessage::Report(DisplayReport::default()),
    ];
    let east = display_token("east");
    for (token, topic) in [
        (None, board("all")),
        (Some(east.as_str()), board("all")),
        (Some(INTEGRATOR), board("all")),
        (Some(INTEGRATOR), console("e1")),
    ] {
        for message in &told {
            let mut client = Client::watching(hall.addr(), token, topic.clone()).await;
            client.say(message).await;
            assert_eq!(client.goodbye().await, "forbidden", "{token:?} on {topic:?}");
        }
    }
    let all = hall.running.hall.presence().display(&"all".into());
    assert_eq!(all.report, None, "nothing of it was believed");
}

#[tokio::test]
async fn a_clerk_sees_their_own_console_until_they_sign_out() {
    let hall = TestHall::start().await;
    let token = hall.sign_in("e1").await;
    let mut other = Client::connect(hall.addr(), Some(&token)).await;
    other.hello(console("e2"), None).await;
    assert_eq!(other.goodbye().await, "forbidden");
    let mut own = Client::watching(hall.addr(), Some(&token), console("e1")).await;
    hall.sign_out(&token).await;
    assert_eq!(own.goodbye().await, "forbidden");
}

#[tokio::test]
async fn who_says_nothing_is_let_go() {
    let hall = TestHall::start().await;
    let mut client = Client::connect(hall.addr(), None).await;
    assert_eq!(client.goodbye().await, "too-slow");
}

#[tokio::test]
async fn one_socket_too_many_is_turned_away_until_another_goes() {
    let hall = TestHall::start_with(Limits { live_sockets: 2, ..Limits::default() }).await;
    let first = Client::watching(hall.addr(), None, board("all")).await;
    let _second = Client::watching(hall.addr(), None, board("all")).await;
    match Client::try_connect(hall.addr(), None).await.map(drop).map_err(|error| *error) {
        Err(Error::Http(answer)) => assert_eq!(answer.status().as_u16(), 503),
        other => panic!("unexpected: {other:?}"),
    }
    drop(first);
    let again = async {
        while Client::try_connect(hall.addr(), None).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::client::LIMIT, again).await.expect("a place is free again");
}

#[tokio::test]
async fn a_hall_that_stops_says_goodbye() {
    let hall = TestHall::start().await;
    let mut watching = Client::watching(hall.addr(), None, board("all")).await;
    let mut silent = Client::connect(hall.addr(), None).await;
    let (_, goodbye, other) =
        tokio::join!(hall.running.stop(), watching.goodbye(), silent.goodbye());
    assert_eq!((goodbye.as_str(), other.as_str()), ("stopping", "stopping"));
}

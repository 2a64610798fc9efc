//! A webmail of our own with hostile mails, and the attacker's site that
//! these lead to: one small server on the loopback interface. Names under
//! `localhost` lead there in both browsers without any resolver, and the
//! extension, which only runs on 127.0.0.1, is not on them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::driver::Result;
use crate::world::root;

/// The registrable domain that the attacker's links lead to.
pub const ATTACKER: &str = "account-verify.localhost";

/// A running server; its thread ends with the program.
pub struct Site {
    port: u16,
    visits: Arc<Mutex<Vec<String>>>,
}

/// A mail as the webmail shows it.
pub struct Mail {
    /// The file under `tests/hostile` that holds its body, without `.html`.
    pub body: &'static str,
    /// The sender's name.
    pub name: String,
    /// The sender's address.
    pub address: &'static str,
    /// The subject.
    pub subject: &'static str,
}

impl Site {
    /// Starts it on a free port.
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let visits = Arc::default();
        let site = Self { port, visits: Arc::clone(&visits) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let visits = Arc::clone(&visits);
                // A browser that breaks off is no concern of the test.
                thread::spawn(move || answer(stream, &visits).ok());
            }
        });
        Ok(site)
    }

    /// Writes the page that shows a mail; gives its address. `token` tells
    /// the attacker's visitors of this page from those of others.
    pub fn show(&self, token: &str, mail: &Mail) -> Result<String> {
        let page = self.page(token, mail)?;
        let folder = root().join("target/browser-tests/hostile");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{token}.html")), page)?;
        Ok(format!("http://127.0.0.1:{}/{token}", self.port))
    }

    /// Where the attacker's links of a page lead.
    pub fn attack(&self, token: &str) -> String {
        format!("http://openai.com.{ATTACKER}:{}/{token}", self.port)
    }

    /// What was asked of the attacker's site from a page.
    pub fn visits(&self, token: &str) -> Vec<String> {
        let start = format!("/{token}/");
        let visits =
            self.visits.lock().unwrap_or_else(PoisonError::into_inner);
        visits
            .iter()
            .filter(|path| path.starts_with(&start))
            .cloned()
            .collect()
    }

    fn page(&self, token: &str, mail: &Mail) -> Result<String> {
        let read = |name: &str| {
            let path = root().join(format!("tests/hostile/{name}.html"));
            fs::read_to_string(&path)
                .map_err(|e| format!("{}: {e}", path.display()))
        };
        let page = read("webmail")?
            .replace("{{subject}}", mail.subject)
            .replace("{{name}}", &mail.name)
            .replace("{{address}}", mail.address)
            .replace("{{body}}", &read(mail.body)?)
            .replace("{{mail}}", &read("mail")?);
        let mut page = fill(page);
        page = page.replace("{{attack}}", &self.attack(token));
        let elsewhere = format!("http://video.localhost:{}", self.port);
        page = page.replace("{{elsewhere}}", &elsewhere);
        Ok(page)
    }
}

type Filler = fn() -> String;

/// What is too long for a file, by its place.
const LONG: [(&str, Filler); 4] = [
    ("{{frames}}", || "<iframe></iframe>".repeat(2000)),
    ("{{links}}", links),
    ("{{text}}", || "Lorem ipsum dolor sit amet. ".repeat(190_000)),
    ("{{base64}}", || "QUJD".repeat(100_000)),
];

fn fill(page: String) -> String {
    LONG.iter().fold(page, |page, (place, text)| {
        if page.contains(place) { page.replace(place, &text()) } else { page }
    })
}

fn links() -> String {
    use std::fmt::Write;
    (0..20_000).fold(String::new(), |mut text, number| {
        let _ = writeln!(
            text,
            "<p><a href='https://shop-{number}.example/{number}'>Offer \
             {number}</a></p>"
        );
        text
    })
}

/// Answers one request: a page of the webmail, or the attacker's site.
fn answer(mut stream: TcpStream, visits: &Mutex<Vec<String>>) -> Result {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut host, mut length) = (String::new(), 0);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let (name, value) = line.split_once(':').unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "host" => value.trim().clone_into(&mut host),
            "content-length" => length = value.trim().parse()?,
            _ => {}
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let page = if host.contains(ATTACKER) {
        let mut visits = visits.lock().unwrap_or_else(PoisonError::into_inner);
        visits.push(path);
        "<title>reached</title>".to_owned()
    } else {
        let name = path.trim_start_matches('/').trim_end_matches("?gaps");
        let folder = root().join("target/browser-tests/hostile");
        fs::read_to_string(folder.join(format!("{name}.html")))
            .unwrap_or_default()
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{page}",
        page.len()
    )?;
    Ok(())
}

//! A webmail of our own with hostile mails, and the attacker's site that
//! these lead to: one small server on the loopback interface. Names under
//! `localhost` lead there in both browsers without any resolver, and the
//! extension, which only runs on 127.0.0.1, is not on them.

use std::convert::Infallible;
use std::fs;
use std::net::{self, Ipv4Addr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use http::HeaderValue;
use http::header::HOST;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime;

use crate::driver::Result;
use crate::web::{Answer, HTML, content, empty};
use crate::world::root;

/// The registrable domain that the attacker's links lead to.
pub const ATTACKER: &str = "account-verify.localhost";

/// Where harmless parts of mails come from.
const ELSEWHERE: &str = "video.localhost";

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
        let listener = net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let visits = Arc::default();
        let site = Self { port, visits: Arc::clone(&visits) };
        // A scenario's own runtime ends before this.
        let runtime =
            runtime::Builder::new_current_thread().enable_all().build()?;
        thread::spawn(move || {
            // Without it no page is there, and every test says so.
            runtime.block_on(serve(listener, visits)).ok()
        });
        Ok(site)
    }

    /// Writes the page that shows a mail; gives its address. `token` tells
    /// the attacker's visitors of this page from those of others.
    pub fn show(&self, token: &str, mail: &Mail) -> Result<String> {
        let page = self.page(token, mail)?;
        fs::create_dir_all(folder())?;
        fs::write(folder().join(format!("{token}.html")), page)?;
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
        let elsewhere = format!("http://{ELSEWHERE}:{}", self.port);
        page = page.replace("{{elsewhere}}", &elsewhere);
        Ok(page)
    }
}

type Filler = fn() -> String;

/// What is too long for a file, by its place.
const LONG: [(&str, Filler); 5] = [
    ("{{frames}}", || "<iframe></iframe>".repeat(2000)),
    // Browsers do not bear many more of these.
    ("{{sandboxed}}", || "<iframe sandbox srcdoc=Hi></iframe>".repeat(60)),
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

async fn serve(
    listener: net::TcpListener,
    visits: Arc<Mutex<Vec<String>>>,
) -> Result {
    let listener = TcpListener::from_std(listener)?;
    while let Ok((stream, _)) = listener.accept().await {
        let visits = Arc::clone(&visits);
        let service = service_fn(move |request| {
            let answer = answer(&request, &visits);
            async { Ok::<_, Infallible>(answer) }
        });
        let talk = http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service);
        // A browser that breaks off is no concern of the test.
        tokio::spawn(async { talk.await.ok() });
    }
    Ok(())
}

/// Answers one request: a page of the webmail, or the attacker's site.
fn answer(request: &Request<Incoming>, visits: &Mutex<Vec<String>>) -> Answer {
    let path = request.uri().path();
    let host = request.headers().get(HOST).map(HeaderValue::as_bytes);
    let host = String::from_utf8_lossy(host.unwrap_or_default());
    if host.contains(ATTACKER) {
        let mut visits = visits.lock().unwrap_or_else(PoisonError::into_inner);
        visits.push(path.to_owned());
        return content("<title>reached</title>", HTML);
    }
    if host.contains(ELSEWHERE) {
        return content("<p>A film</p>", HTML);
    }
    let name = path.trim_start_matches('/');
    let page = folder().join(format!("{name}.html"));
    fs::read_to_string(page).map_or_else(
        |_| empty(StatusCode::NOT_FOUND),
        |page| content(page, HTML),
    )
}

/// Where the pages of the webmail are written.
fn folder() -> PathBuf {
    root().join("target/browser-tests/hostile")
}

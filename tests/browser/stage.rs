//! Serves the pages of `tests/pages` to one browser under the webmails' own
//! host names, over TLS: the browser takes it for its proxy, so that every
//! host leads here, and recipes are chosen by host as in life.

use std::convert::Infallible;
use std::fs;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use crate::driver::Result;
use crate::pages::{Document, Sample};
use crate::web::{Answer, HTML, content, empty};
use crate::world::root;

/// The longest head of a request to a proxy, in bytes.
const LONGEST_HEAD: usize = 8192;
/// What a policy's `{nonce}` stands for.
const NONCE: &str = "c3RhZ2U";

/// A running server; it ends with this value.
pub struct Stage {
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    shown: Arc<Mutex<Shown>>,
    serving: JoinHandle<()>,
}

/// What is served at the moment.
#[derive(Default)]
struct Shown {
    page: Document,
    /// The documents of frames, by what their addresses begin with.
    frames: Vec<(String, Document)>,
}

impl Stage {
    /// Starts it on a free port.
    pub async fn open() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let tls = TlsAcceptor::from(Arc::new(certificate()?));
        let shown = Arc::<Mutex<Shown>>::default();
        let serving = tokio::spawn(serve(listener, tls, Arc::clone(&shown)));
        Ok(Self { port, shown, serving })
    }

    /// Shows a page on every host, but for the addresses of its frames;
    /// those of pages that were shown before stay.
    pub fn show(&self, sample: &Sample) -> Result {
        let (page, frames) = (sample.page()?, sample.frames()?);
        let mut shown = lock(&self.shown);
        shown.page = page;
        shown.frames.extend(frames);
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn lock(shown: &Mutex<Shown>) -> std::sync::MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A certificate of our own; the browsers are told to accept any.
fn certificate() -> Result<ServerConfig> {
    let made = rcgen::generate_simple_self_signed(["webmail.example".into()])?;
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())?;
    Ok(config)
}

async fn serve(
    listener: TcpListener,
    tls: TlsAcceptor,
    shown: Arc<Mutex<Shown>>,
) {
    while let Ok((stream, _)) = listener.accept().await {
        let (tls, shown) = (tls.clone(), Arc::clone(&shown));
        // A browser that breaks off is no concern of the test.
        tokio::spawn(async move { talk(stream, &tls, &shown).await.ok() });
    }
}

/// One connection: first as a proxy that is asked for a host, then as that
/// host.
async fn talk(
    mut stream: TcpStream,
    tls: &TlsAcceptor,
    shown: &Mutex<Shown>,
) -> Result {
    let Some(host) = asked_host(&mut stream).await? else {
        let refused = b"HTTP/1.1 502 only TLS here\r\n\r\n";
        return Ok(stream.write_all(refused).await?);
    };
    stream.write_all(b"HTTP/1.1 200 here\r\n\r\n").await?;
    let stream = TokioIo::new(tls.accept(stream).await?);
    let service = service_fn(|request: Request<Incoming>| {
        let answer = answer(&host, request.uri().path(), &lock(shown));
        async { Ok::<_, Infallible>(answer) }
    });
    http1::Builder::new().serve_connection(stream, service).await?;
    Ok(())
}

/// The host in `CONNECT host:443 HTTP/1.1`; none in any other request.
async fn asked_host(stream: &mut TcpStream) -> Result<Option<String>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_HEAD {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head);
    let host = head
        .strip_prefix("CONNECT ")
        .and_then(|rest| rest.split(':').next())
        .map(str::to_owned);
    Ok(host)
}

fn answer(host: &str, path: &str, shown: &Shown) -> Answer {
    let address = format!("https://{host}{path}");
    let frame = shown
        .frames
        .iter()
        .rev()
        .find(|(prefix, _)| address.starts_with(prefix));
    match (path, frame) {
        ("/stage.js", _) => file("stage.js", "text/javascript"),
        ("/favicon.ico", _) => empty(StatusCode::NOT_FOUND),
        (_, Some((_, frame))) => page(frame),
        _ => page(&shown.page),
    }
}

/// The folder of the pages.
pub fn pages() -> PathBuf {
    root().join("tests/pages")
}

/// A page with the mails and the script that puts them on it.
fn page(Document { html, policy }: &Document) -> Answer {
    let Ok(mails) = fs::read_to_string(pages().join("mails.html")) else {
        return empty(StatusCode::NOT_FOUND);
    };
    let script = format!("<script src=/stage.js nonce={NONCE}></script>");
    // A frameset takes the place of a body; its frames show the mails.
    let html = html
        .replacen("</body>", &format!("{mails}{script}</body>"), 1)
        .replacen("<frameset", &format!("{script}<frameset"), 1);
    let policy = policy.replace("{nonce}", NONCE);
    let mut response = content(html, HTML);
    if let Ok(value) = policy.parse()
        && !policy.is_empty()
    {
        response.headers_mut().insert("content-security-policy", value);
    }
    response
}

fn file(name: &str, kind: &'static str) -> Answer {
    fs::read(pages().join(name)).map_or_else(
        |_| empty(StatusCode::NOT_FOUND),
        |bytes| content(bytes, kind),
    )
}

//! Answers of the tests' own web servers.

use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Response, StatusCode};

/// An answer with its whole body.
pub type Answer = Response<Full<Bytes>>;

/// The media type of a page.
pub const HTML: &str = "text/html; charset=utf-8";

/// An answer of a media type that no browser keeps.
pub fn content(body: impl Into<Bytes>, kind: &'static str) -> Answer {
    let mut response = Response::new(Full::new(body.into()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An answer that has nothing but its status.
pub fn empty(status: StatusCode) -> Answer {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}

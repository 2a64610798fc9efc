//! A mail server that takes every mail and gives it to nobody: it keeps what a
//! webmail sends.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Result;

/// A running server; its thread ends with the program.
pub struct Smtp {
    /// Where it listens.
    pub port: u16,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Smtp {
    /// Starts it on a free port of the loopback interface.
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let mails = Arc::default();
        let server = Self { port, mails: Arc::clone(&mails) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mails = Arc::clone(&mails);
                // A client that breaks off has sent nothing.
                thread::spawn(move || take(stream, &mails).ok());
            }
        });
        Ok(server)
    }

    /// Whether a mail with this in its source was sent, lines joined that
    /// quoted-printable broke.
    pub fn has(&self, text: &str) -> bool {
        let mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.iter().any(|mail| mail.replace("=\n", "").contains(text))
    }
}

/// Talks to one client as RFC 5321 has it.
fn take(stream: TcpStream, mails: &Mutex<Vec<String>>) -> Result<()> {
    let mut writer = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    writer.write_all(b"220 loopback\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "DATA" => {
                writer.write_all(b"354 go on\r\n")?;
                let mut mail = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    mail += &line;
                    mail.push('\n');
                }
                mails
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(mail);
                writer.write_all(b"250 taken\r\n")?;
            }
            "QUIT" => {
                writer.write_all(b"221 bye\r\n")?;
                break;
            }
            _ => writer.write_all(b"250 loopback\r\n")?,
        }
    }
    Ok(())
}

//! The command-line program.

fn main() {
    let engine = doppelcheck::Engine::new();
    for host in std::env::args().skip(1) {
        println!("{:?}", engine.check_host(&host));
    }
}

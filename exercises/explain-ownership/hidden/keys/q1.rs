//! A file-sync server stores what a device sent, and notes it for the audit.

pub struct Request {
    pub device: String,
    pub body: Option<Vec<u8>>,
    pub attempt: u32,
}

fn store(block: Vec<u8>) -> usize {
    block.len()
}

fn describe(request: &Request) -> String {
    format!("{} (attempt {})", request.device, request.attempt)
}

pub fn handle(request: Request, audit: &mut Vec<String>) -> usize {
    let stored = match request.body {
        Some(body) => store(body),
        None => 0,
    };
    let device = &request.device;
    audit.push(format!("{device}: {stored} bytes"));
    audit.push(describe(&request)); //~ E0382
    stored
}

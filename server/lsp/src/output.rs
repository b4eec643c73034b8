//! Standard output, written from the task that has something to say.
//!
//! To hand bytes over to another thread and to hear that they were written takes longer than most answers.
//! A pipe or a socket takes them without waiting; when one is full, a thread waits for its reader. All else
//! is written by threads, for a file or a terminal cannot say that it would have to wait.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncWrite, Stdout};

/// Standard output.
#[derive(Debug)]
pub enum Output {
    /// A pipe or a socket.
    #[cfg(unix)]
    Direct(direct::Direct),
    /// Anything else.
    ByThreads(Stdout),
}

impl Output {
    /// Standard output as it was given to the process.
    #[must_use]
    pub fn standard() -> Self {
        #[cfg(unix)]
        if let Some(direct) = direct::Direct::new(&io::stdout()) {
            return Self::Direct(direct);
        }
        Self::ByThreads(tokio::io::stdout())
    }
}

impl AsyncWrite for Output {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            #[cfg(unix)]
            Self::Direct(direct) => direct.poll_write(context, bytes),
            Self::ByThreads(output) => Pin::new(output).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            #[cfg(unix)]
            Self::Direct(_) => Poll::Ready(Ok(())),
            Self::ByThreads(output) => Pin::new(output).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(context)
    }
}

#[cfg(unix)]
mod direct {
    use std::future::Future;
    use std::io;
    use std::os::fd::{AsFd, OwnedFd};
    use std::pin::Pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, ready};

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::fs::{FileType, OFlags, fcntl_getfl, fcntl_setfl, fstat};
    use rustix::io::Errno;
    use rustix::net::SendFlags;
    use tokio::task::JoinHandle;

    /// A pipe or a socket that is written without waiting.
    #[derive(Debug)]
    pub struct Direct {
        descriptor: Arc<OwnedFd>,
        kind: Kind,
        /// Ends when there is room again.
        room: Option<JoinHandle<()>>,
    }

    #[derive(Debug)]
    enum Kind {
        /// With the flags that it had before.
        Pipe(OFlags),
        /// It is told with each piece not to wait, for its other direction may be standard input.
        Socket,
    }

    impl Direct {
        /// None: it is neither pipe nor socket.
        pub fn new(output: &impl AsFd) -> Option<Self> {
            let descriptor = output.as_fd().try_clone_to_owned().ok()?;
            let stat = fstat(&descriptor).ok()?;
            let kind = match FileType::from_raw_mode(stat.st_mode) {
                FileType::Fifo => {
                    let flags = fcntl_getfl(&descriptor).ok()?;
                    fcntl_setfl(&descriptor, flags | OFlags::NONBLOCK).ok()?;
                    Kind::Pipe(flags)
                }
                FileType::Socket => Kind::Socket,
                _ => return None,
            };
            Some(Self {
                descriptor: Arc::new(descriptor),
                kind,
                room: None,
            })
        }

        fn write(&self, bytes: &[u8]) -> Result<usize, Errno> {
            match self.kind {
                Kind::Pipe(_) => rustix::io::write(&self.descriptor, bytes),
                Kind::Socket => rustix::net::send(&self.descriptor, bytes, SendFlags::DONTWAIT),
            }
        }

        /// Writes what there is room for.
        pub fn poll_write(
            &mut self,
            context: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            loop {
                if let Some(room) = &mut self.room {
                    // However the wait has ended, writing tells more.
                    let _ = ready!(Pin::new(room).poll(context));
                    self.room = None;
                }
                match self.write(bytes) {
                    Ok(length) => return Poll::Ready(Ok(length)),
                    Err(Errno::INTR) => {}
                    Err(Errno::AGAIN) => {
                        let descriptor = Arc::clone(&self.descriptor);
                        self.room = Some(tokio::task::spawn_blocking(move || wait(&descriptor)));
                    }
                    Err(error) => return Poll::Ready(Err(error.into())),
                }
            }
        }
    }

    impl Drop for Direct {
        fn drop(&mut self) {
            if let Kind::Pipe(flags) = self.kind {
                // Whoever shares the pipe may not expect it to refuse.
                let _ = fcntl_setfl(&self.descriptor, flags);
            }
        }
    }

    /// Waits until there is room, or nobody reads any more.
    fn wait(descriptor: &OwnedFd) {
        let mut descriptors = [PollFd::new(descriptor, PollFlags::OUT)];
        // After an interruption the next attempt to write leads here again.
        let _ = poll(&mut descriptors, None);
    }

    #[cfg(test)]
    mod tests {
        use std::io::{Read, pipe};
        use std::os::unix::net::UnixStream;
        use std::thread;
        use std::time::Duration;

        use tokio::io::AsyncWriteExt;

        use super::super::Output;
        use super::*;

        /// Writes more than fits to a reader that is slow to begin; what it got.
        fn written(output: &impl AsFd, mut reader: impl Read + Send + 'static) -> Vec<u8> {
            let reading = thread::spawn(move || {
                thread::sleep(Duration::from_millis(50));
                let mut bytes = vec![0; ALL];
                reader.read_exact(&mut bytes).unwrap();
                bytes
            });
            let mut output = Output::Direct(Direct::new(output).unwrap());
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            runtime.block_on(async { output.write_all(&sent()).await.unwrap() });
            reading.join().unwrap()
        }

        const ALL: usize = 3 << 20;

        fn sent() -> Vec<u8> {
            (0..ALL).map(|at| (at % 251) as u8).collect()
        }

        #[test]
        fn all_arrives_however_slow_the_reader() {
            let (reader, writer) = pipe().unwrap();
            assert_eq!(written(&writer, reader), sent());
            let (reader, writer) = UnixStream::pair().unwrap();
            assert_eq!(written(&writer, reader), sent());
        }

        #[test]
        fn nobody_who_shares_it_is_hindered() {
            let (_reader, writer) = pipe().unwrap();
            let before = fcntl_getfl(&writer).unwrap();
            drop(Direct::new(&writer).unwrap());
            assert_eq!(fcntl_getfl(&writer).unwrap(), before);
            let (_reader, writer) = UnixStream::pair().unwrap();
            let before = fcntl_getfl(&writer).unwrap();
            let _direct = Direct::new(&writer).unwrap();
            assert_eq!(fcntl_getfl(&writer).unwrap(), before);
        }

        #[test]
        fn writing_fails_when_the_reader_has_gone() {
            let (reader, writer) = pipe().unwrap();
            let direct = Direct::new(&writer).unwrap();
            drop(reader);
            assert_eq!(direct.write(b"x"), Err(Errno::PIPE));
        }

        #[test]
        fn files_are_written_by_threads() {
            assert!(Direct::new(&tempfile::tempfile().unwrap()).is_none());
        }
    }
}

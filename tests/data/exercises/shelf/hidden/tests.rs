use assay::Test;
assay::tests! {
/// A value that several threads ask for at once is made by one of them.
fn made_once(t: &mut Test) {
    t.schedules(20, &mut |t, s| {
        let shelf = shelf::Shelf::new();
        let made = std::sync::atomic::AtomicUsize::new(0);
        let panicked = s.run(3, &|_| {
            let _: u64 = shelf.get_or_make(7, || {
                made.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                s.point();
                70
            });
        });
        t.observe("panicked, made", &(panicked, made.into_inner()));
    });
}
}

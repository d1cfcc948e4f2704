import Media

/// Runs a job over every item of a plan, several at a time, and keeps the ledger.
///
/// An item that is done, with the same inputs, options and version and its output still there, is not done again.
/// Results depend neither on the number of workers nor on the order in which they finish. A job that throws fails its
/// own item only; a full disk or a ledger that cannot be written stops the run.
public struct BatchRunner: Sendable {
    /// Does one item: reads, aligns, writes the output whole or not at all, in a folder that exists. A file that stands
    /// there is the batch's own and may be replaced. Work is expected to be CPU-bound. It should look at
    /// `Task.isCancelled` now and then and throw `CancellationError`.
    public typealias Job = @Sendable (BatchItem) async throws -> ItemOutcome

    public struct Options: Sendable {
        /// Items in flight at most; at least 1.
        public var jobs: Int
        /// Whether to try items again that failed for their input.
        public var retriesFailed: Bool
        /// Whether to do finished items again.
        public var redoesAll: Bool
        /// Whether outputs may replace files that this batch did not make.
        public var replacesOutputs: Bool
        /// Names the options that change results; see ``OptionsFingerprint``.
        public var fingerprint: String
        public var toolVersion: String

        public init(
            jobs: Int, retriesFailed: Bool = false, redoesAll: Bool = false, replacesOutputs: Bool = false,
            fingerprint: String, toolVersion: String
        ) {
            (self.jobs, self.retriesFailed, self.redoesAll) = (max(1, jobs), retriesFailed, redoesAll)
            self.replacesOutputs = replacesOutputs
            (self.fingerprint, self.toolVersion) = (fingerprint, toolVersion)
        }
    }

    private let options: Options
    private let ledger: Ledger
    private let job: Job

    public init(options: Options, ledger: Ledger, job: @escaping Job) {
        (self.options, self.ledger, self.job) = (options, ledger, job)
    }

    /// - Parameter report: called as each item ends, from any thread, in the order of completion.
    /// - Throws: ``BatchError`` when the ledger cannot take the items. Later trouble with it ends up in the summary.
    public func run(_ items: [BatchItem], report: @escaping @Sendable (ItemReport) -> Void = { _ in }) async throws
        -> BatchSummary
    {
        let clock = ContinuousClock()
        let begin = clock.now
        try ledger.enlist(items)
        StaleFiles.remove(besideOutputsOf: items)
        let (reports, stop) = await runAll(items, report)
        return BatchSummary(reports: reports, stop: stop, seconds: (clock.now - begin).seconds)
    }

    private func runAll(
        _ items: [BatchItem], _ report: @escaping @Sendable (ItemReport) -> Void
    ) async -> ([ItemReport], BatchSummary.Stop?) {
        var reports = items.map { ItemReport(item: $0, result: .open) }
        var stop: BatchSummary.Stop?
        await withTaskGroup(of: (Int, ItemReport, BatchSummary.Stop?).self) { group in
            var waiting = items.indices.makeIterator()
            func add() {
                guard stop == nil, !Task.isCancelled, let place = waiting.next() else { return }
                group.addTask {
                    let (result, stop) = await attempt(items[place])
                    if !result.isOpen { report(result) }
                    return (place, result, stop)
                }
            }
            for _ in 0..<options.jobs { add() }
            for await (place, result, reason) in group {
                reports[place] = result
                stop = stop ?? reason
                add()
            }
        }
        return (reports, stop ?? (Task.isCancelled && reports.contains(where: \.isOpen) ? .interrupted : nil))
    }

    // MARK: One item

    /// Does one item as far as it goes. Only trouble with the surroundings gives a reason to stop.
    private func attempt(_ item: BatchItem) async -> (ItemReport, BatchSummary.Stop?) {
        do {
            let key: ItemKey
            do { key = try currentKey(item) } catch {
                return try settle(item, ItemFailure(describing: error), nil, seconds: 0)
            }
            let entry = try ledger.entry(of: item)
            if let entry, let earlier = finished(item, key, entry) { return (earlier, nil) }
            if let failure = strangeOutput(of: item, entry) { return try settle(item, failure, nil, seconds: 0) }
            try ledger.start(item, key: key)
            return try await work(item, key)
        } catch {
            return (ItemReport(item: item, result: .open), .ledger("\(error)"))
        }
    }

    private func currentKey(_ item: BatchItem) throws -> ItemKey {
        ItemKey(
            media: try InputFingerprint(path: item.media, coverage: .sampled),
            subtitles: try InputFingerprint(path: item.subtitles, coverage: .whole),
            options: options.fingerprint, toolVersion: options.toolVersion)
    }

    /// The report of an earlier run, when nothing has changed since.
    private func finished(_ item: BatchItem, _ key: ItemKey, _ entry: LedgerEntry) -> ItemReport? {
        guard !options.redoesAll, entry.key == key else { return nil }
        switch entry.state {
        case .done:
            guard let outcome = entry.outcome, !outcome.wroteOutput || FileStatus(path: item.output) != nil else {
                return nil
            }
            return ItemReport(item: item, result: .done(outcome), isResumed: true)
        case .failed:
            guard let failure = entry.failure, failure.kind == .input, !options.retriesFailed else { return nil }
            return ItemReport(item: item, result: .failed(failure), isResumed: true)
        case .pending, .running: return nil
        }
    }

    /// An item that was ever started found its place free, so what stands there now is its own.
    private func strangeOutput(of item: BatchItem, _ entry: LedgerEntry?) -> ItemFailure? {
        guard !options.replacesOutputs, entry?.attempts ?? 0 == 0, FileStatus(path: item.output) != nil else {
            return nil
        }
        return ItemFailure(
            .input, "\(item.output): exists and was not made by this batch; move it away or allow replacing")
    }

    private func work(_ item: BatchItem, _ key: ItemKey) async throws -> (ItemReport, BatchSummary.Stop?) {
        let clock = ContinuousClock()
        let begin = clock.now
        let result = await doJob(item, key)
        let seconds = (clock.now - begin).seconds
        switch result {
        case .success(let outcome):
            try ledger.finish(item, outcome: outcome, seconds: seconds)
            return (ItemReport(item: item, result: .done(outcome), seconds: seconds), nil)
        case .failure(let error) where error is CancellationError || (error as? MediaError)?.reason == .cancelled:
            try ledger.abandon(item)
            return (ItemReport(item: item, result: .open), nil)
        case .failure(let error): return try settle(item, ItemFailure(describing: error), key, seconds: seconds)
        }
    }

    private func doJob(_ item: BatchItem, _ key: ItemKey) async -> Result<ItemOutcome, any Error> {
        do {
            try makeFolder(of: item)
            let outcome = try await job(item)
            try refuseChange(of: item, since: key)
            return .success(outcome)
        } catch {
            return .failure(error)
        }
    }

    private func makeFolder(of item: BatchItem) throws {
        let folder = FilePath.folder(item.output)
        do { try Folder.make(folder) } catch {
            throw ItemFailure.system(error.code, doing: "making the folder", path: folder)
        }
    }

    /// A file that changed under the job gives a result for neither its old nor its new state.
    private func refuseChange(of item: BatchItem, since key: ItemKey) throws {
        for (path, print) in [(item.media, key.media), (item.subtitles, key.subtitles)]
        where !print.isCurrent(path: path) {
            throw ItemFailure(.transient, "\(path): changed while it was being read; run again once it is complete")
        }
    }

    private func settle(
        _ item: BatchItem, _ failure: ItemFailure, _ key: ItemKey?, seconds: Double
    ) throws -> (ItemReport, BatchSummary.Stop?) {
        let report = ItemReport(item: item, result: .failed(failure), seconds: seconds)
        guard failure.kind == .diskFull else {
            try ledger.fail(item, failure, key: key, seconds: seconds)
            return (report, nil)
        }
        // The ledger may well lie on the same full disk; the item is then found as running, which redoes it too.
        try? ledger.fail(item, failure, key: key, seconds: seconds)
        return (report, .diskFull(failure.message))
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

namespace WhatsSession;

/// <summary>The tables. Times are 100 ns ticks since 1970, but seconds in facts and history, as the platform gives them.</summary>
internal static class SqliteSchema
{
    // An event of a customer among many changes a few bytes on a page of the conversations and one of an index, and each page that changes is written whole,
    // into the log and later into the file. So small pages halve what is written twice over. The log is written back when it has 16 MB (of pages of
    // 1 KB), so that a page that changed often meanwhile is written once; and what one transaction changes is to fit into the memory for pages, 16 MB too.
    private const string Settings = "PRAGMA page_size = 1024; PRAGMA wal_autocheckpoint = 16384; PRAGMA cache_size = -16384; ";

    private const string Version1 = """
        -- The latest of Meta's time that a host told, by which is forgotten what is old; 0 before the first.
        CREATE TABLE store_time (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            at INTEGER NOT NULL
        );
        INSERT INTO store_time (id, at) VALUES (1, 0);

        -- The keys of the events that were seen, by the day of the event: a look-up is one, and what is forgotten stands together. See SqliteSeen.
        CREATE TABLE seen (
            part INTEGER NOT NULL,
            quarter INTEGER NOT NULL,
            key BLOB NOT NULL,
            PRIMARY KEY (part, quarter, key)
        ) WITHOUT ROWID;

        -- The parts of it, with the day as of which each is kept.
        CREATE TABLE seen_part (
            part INTEGER PRIMARY KEY,
            kept INTEGER NOT NULL
        );

        CREATE TABLE number (
            number TEXT PRIMARY KEY,
            history_since INTEGER NOT NULL,
            account TEXT
        ) WITHOUT ROWID;

        CREATE TABLE restriction (
            account TEXT PRIMARY KEY,
            at INTEGER NOT NULL,
            applies INTEGER NOT NULL,
            until INTEGER
        ) WITHOUT ROWID;

        CREATE TABLE conversation (
            number TEXT NOT NULL,
            party TEXT NOT NULL,
            last_inbound INTEGER,
            denied INTEGER,
            check_at INTEGER,
            answered INTEGER,
            click INTEGER,
            first_reply INTEGER,
            stated_end INTEGER,
            sender INTEGER,
            answered_by_person INTEGER,
            answered_by_bot INTEGER,
            answered_by_sequence INTEGER,
            echoed INTEGER,
            doubted INTEGER,
            failed_answer INTEGER,
            PRIMARY KEY (number, party)
        ) WITHOUT ROWID;
        CREATE INDEX conversation_check_at ON conversation (check_at) WHERE check_at IS NOT NULL;

        CREATE TABLE link (
            number TEXT NOT NULL,
            phone TEXT NOT NULL,
            bsuid TEXT NOT NULL,
            person TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (number, phone, bsuid)
        ) WITHOUT ROWID;
        CREATE INDEX link_person ON link (number, person);

        CREATE TABLE rotated (
            number TEXT NOT NULL,
            bsuid TEXT NOT NULL,
            person TEXT NOT NULL,
            PRIMARY KEY (number, bsuid)
        ) WITHOUT ROWID;
        CREATE INDEX rotated_person ON rotated (number, person);

        CREATE TABLE alias (
            number TEXT NOT NULL,
            dialled TEXT NOT NULL,
            canonical TEXT NOT NULL,
            PRIMARY KEY (number, dialled, canonical)
        ) WITHOUT ROWID;
        CREATE INDEX alias_canonical ON alias (number, canonical);

        -- The canonical form of each dialled number that has one: see IdentityRules. Any other number stands alone.
        CREATE VIEW form AS
            SELECT a.number, a.dialled, a.canonical FROM alias AS a
            WHERE NOT EXISTS (SELECT 1 FROM alias AS o WHERE o.number = a.number AND o.dialled = a.dialled AND o.canonical <> a.canonical)
            AND NOT EXISTS (SELECT 1 FROM alias AS o WHERE o.number = a.number AND o.canonical = a.dialled)
            AND NOT EXISTS (SELECT 1 FROM link AS o WHERE o.number = a.number AND o.phone = a.dialled)
            AND NOT EXISTS (SELECT 1 FROM conversation AS o WHERE o.number = a.number AND o.party = a.dialled AND o.sender = 1);

        CREATE TABLE log (
            arrival INTEGER PRIMARY KEY,
            number TEXT NOT NULL,
            party TEXT NOT NULL,
            at INTEGER NOT NULL,
            message TEXT,
            intent TEXT,
            state INTEGER,
            evidence INTEGER,
            -- Null where it stands in log_content, and the details too.
            json BLOB,
            created_at INTEGER,
            details BLOB,
            retried_after TEXT,
            -- Of a send: the run that saved it; null for none.
            save_token INTEGER,
            -- Of a send that Meta has accepted: what the customer sent up to then is answered by it, and by whom.
            answers_until INTEGER,
            author INTEGER,
            author_id TEXT,
            -- Of a message of the business that came as a copy: 1, or 2 where it counts as an answer. The latest of those is conversation.echoed,
            -- which is read here again when one turns out to be of a send: whoever prunes this table leaves each conversation its latest,
            -- and what outbox_event refers to.
            copy INTEGER
        );
        CREATE INDEX log_copy ON log (number, message) WHERE copy IS NOT NULL;
        CREATE INDEX log_conversation ON log (number, party, at, arrival);
        CREATE UNIQUE INDEX log_intent ON log (intent) WHERE intent IS NOT NULL;

        -- The long contents of sends, written once: what becomes of a send rewrites its row.
        CREATE TABLE log_content (
            arrival INTEGER PRIMARY KEY,
            json BLOB NOT NULL,
            details BLOB NOT NULL
        );

        -- A send that is tried anew with a short content leaves nothing of the long one.
        CREATE TRIGGER log_content_replaced AFTER UPDATE OF json ON log WHEN new.json IS NOT NULL BEGIN
            DELETE FROM log_content WHERE arrival = new.arrival;
        END;

        -- The events that wait, without what they say: a claim and a retry rewrite a row, so it is narrow, and as wide before them as after.
        CREATE TABLE outbox (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            queue INTEGER NOT NULL,
            head INTEGER NOT NULL,
            parked INTEGER NOT NULL DEFAULT 0,
            ready_at INTEGER NOT NULL,
            first_tried_at INTEGER NOT NULL,
            token INTEGER NOT NULL DEFAULT 0,
            attempt INTEGER NOT NULL DEFAULT 0,
            postponements INTEGER NOT NULL DEFAULT 0,
            postponed_since INTEGER,
            lane INTEGER NOT NULL,
            number TEXT,
            alert TEXT NOT NULL,
            parties TEXT,
            -- The party of what stands in no queue of its conversation: parked events, alerts (7) and work (8). An erasure finds it by this.
            aside TEXT,
            error TEXT
        );
        CREATE INDEX outbox_queue ON outbox (queue, position) WHERE parked = 0;
        CREATE INDEX outbox_parked ON outbox (position) WHERE parked = 1;
        -- What waits for its time, or for another host, costs a claim nothing.
        CREATE INDEX outbox_ready ON outbox (head, lane, alert, coalesce(number, ''), position) WHERE head & 1;
        CREATE INDEX outbox_waiting ON outbox (ready_at) WHERE head = 2;
        CREATE INDEX outbox_retries ON outbox (ready_at) WHERE head = 3;
        CREATE INDEX outbox_naming ON outbox (number) WHERE parties IS NOT NULL;
        CREATE INDEX outbox_aside ON outbox (number, aside) WHERE aside IS NOT NULL;

        -- What they say, written once. Of a customer's message the history has party, message and JSON, under its arrival.
        CREATE TABLE outbox_event (
            position INTEGER PRIMARY KEY,
            key BLOB NOT NULL,
            field TEXT NOT NULL,
            account TEXT,
            arrival INTEGER,
            party TEXT,
            message TEXT,
            link_phone TEXT,
            link_bsuid TEXT,
            timestamp INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            opens_window INTEGER NOT NULL,
            due_at INTEGER,
            contact BLOB NOT NULL,
            raw BLOB
        );

        CREATE TABLE handled_lane (
            lane INTEGER PRIMARY KEY,
            seen_at INTEGER NOT NULL
        );

        CREATE TABLE handled (
            position INTEGER NOT NULL,
            handler TEXT NOT NULL,
            PRIMARY KEY (position, handler)
        ) WITHOUT ROWID;

        CREATE TABLE fallback (
            number TEXT NOT NULL,
            party TEXT NOT NULL,
            anchor INTEGER NOT NULL,
            key TEXT NOT NULL,
            intent TEXT NOT NULL,
            template TEXT NOT NULL,
            claimed_at INTEGER NOT NULL,
            complete INTEGER NOT NULL DEFAULT 0,
            message TEXT,
            day INTEGER NOT NULL,
            PRIMARY KEY (number, party, anchor, key)
        ) WITHOUT ROWID;
        CREATE INDEX fallback_day ON fallback (day);
        CREATE INDEX fallback_abandoned ON fallback (claimed_at, intent) WHERE complete = 0;
        CREATE INDEX fallback_unheard ON fallback (intent) WHERE message IS NULL;
        CREATE INDEX fallback_message ON fallback (number, message) WHERE message IS NOT NULL;

        CREATE TABLE quarantine (
            key BLOB PRIMARY KEY,
            received_at INTEGER NOT NULL,
            reason TEXT NOT NULL,
            payload BLOB NOT NULL
        );
        CREATE INDEX quarantine_received_at ON quarantine (received_at, key);

        -- The words of quarantined payloads, so that an erasure reads those alone that name the customer.
        CREATE TABLE quarantined_word (
            word TEXT NOT NULL,
            key BLOB NOT NULL,
            PRIMARY KEY (word, key)
        ) WITHOUT ROWID;
        CREATE INDEX quarantined_word_key ON quarantined_word (key);

        CREATE TABLE delivery (
            number TEXT NOT NULL,
            message TEXT NOT NULL,
            status TEXT NOT NULL,
            at INTEGER NOT NULL,
            party TEXT,
            day INTEGER NOT NULL,
            PRIMARY KEY (number, message, status)
        ) WITHOUT ROWID;
        CREATE INDEX delivery_day ON delivery (day);
        CREATE INDEX delivery_party ON delivery (number, party) WHERE party IS NOT NULL;

        CREATE TABLE failure (
            number TEXT NOT NULL,
            message TEXT NOT NULL,
            at INTEGER NOT NULL,
            party TEXT,
            code INTEGER NOT NULL,
            subcode INTEGER,
            type TEXT NOT NULL,
            text TEXT NOT NULL,
            details TEXT,
            user_title TEXT,
            user_text TEXT,
            trace_id TEXT,
            http_status INTEGER,
            category INTEGER NOT NULL,
            day INTEGER NOT NULL,
            PRIMARY KEY (number, message)
        ) WITHOUT ROWID;
        CREATE INDEX failure_day ON failure (day);
        CREATE INDEX failure_at ON failure (at);
        CREATE INDEX failure_party ON failure (number, party) WHERE party IS NOT NULL;

        CREATE TABLE held (
            intent TEXT PRIMARY KEY,
            number TEXT NOT NULL,
            party TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            evidence INTEGER,
            json BLOB NOT NULL,
            details BLOB NOT NULL
        );
        CREATE INDEX held_conversation ON held (number, party, created_at, intent);

        CREATE TABLE idempotency (
            number TEXT NOT NULL,
            key TEXT NOT NULL,
            party TEXT NOT NULL,
            intent TEXT NOT NULL,
            content BLOB NOT NULL,
            outcome BLOB,
            taken_at INTEGER NOT NULL,
            day INTEGER NOT NULL,
            PRIMARY KEY (number, key)
        ) WITHOUT ROWID;
        CREATE INDEX idempotency_day ON idempotency (day);
        CREATE INDEX idempotency_party ON idempotency (number, party);

        CREATE TABLE tombstone (
            hash BLOB PRIMARY KEY,
            at INTEGER NOT NULL,
            day INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX tombstone_day ON tombstone (day);

        CREATE TABLE probe (
            value BLOB NOT NULL
        );

        CREATE TABLE secret (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            value BLOB NOT NULL
        );

        CREATE TABLE planned_alert (
            kind TEXT NOT NULL,
            delay INTEGER NOT NULL,
            since INTEGER NOT NULL,
            told_at INTEGER NOT NULL,
            settled INTEGER NOT NULL,
            PRIMARY KEY (kind, delay)
        ) WITHOUT ROWID;
        """;

    // Each step brings a file from one version to the next. A new file takes all of them, as an old one does, so that their tables cannot differ.
    private static readonly Action<SqliteSession>[] Steps = [MakeTables];

    /// <summary>
    /// Checks that the file is ours and readable by this version, creates the tables in a new one and brings an older one up to this version.
    /// </summary>
    /// <exception cref="NotSupportedException">A newer version or another program wrote the file.</exception>
    public static void Prepare(SqliteSession session, string path) => Prepare(session, path, Steps);

    /// <summary>The same with other steps. The version of a file, its <c>user_version</c>, is how many of them it has taken.</summary>
    public static void Prepare(SqliteSession session, string path, IReadOnlyList<Action<SqliteSession>> steps)
    {
        // Before the first change, so that another program's file stays as it is.
        Check(session, path, steps.Count);
        // What is deleted is overwritten with zeros, whoever asked for it: an erasure cannot find what a deletion before it has left.
        session.ExecuteScript(Settings + "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
        session.BeginImmediate();
        for (var version = Check(session, path, steps.Count); version < steps.Count; version++)
        {
            steps[(int)version](session);
            session.ExecuteScript(FormattableString.Invariant($"PRAGMA user_version = {version + 1};"));
        }

        session.Commit();
    }

    /// <summary>Writes as much as a webhook may need, and takes it out again.</summary>
    public static void Probe(SqliteSession session)
    {
        session.Execute("INSERT INTO probe (value) VALUES (zeroblob(65536))");
        session.Execute("DELETE FROM probe");
    }

    private static void MakeTables(SqliteSession session)
    {
        session.ExecuteScript(Version1 + SqliteSequences.Tables + SqliteTurns.Tables);
        SqliteTombstones.MakeSecret(session);
    }

    private static long Check(SqliteSession session, string path, int known)
    {
        // One statement, for another host may be creating the tables at this moment.
        using var reader = session.Read("SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)");
        reader.Read();
        var version = reader.GetInt64(0);
        if (version > known)
        {
            throw new NotSupportedException(
                $"The store file '{path}' has schema version {version}; this WhatsSession.Sqlite reads up to {known}. Upgrade the package, or give the "
                + "path of another file.");
        }

        return version > 0 || reader.GetInt64(1) == 0
            ? version
            : throw new NotSupportedException($"The file '{path}' holds the tables of another program. Give the path of another file.");
    }
}

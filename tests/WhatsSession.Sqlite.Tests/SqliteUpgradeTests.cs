using Microsoft.Data.Sqlite;
using NodaTime;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Tests;

/// <summary>A file that the first version wrote is brought up to this one with everything in it.</summary>
public sealed class SqliteUpgradeTests : IAsyncDisposable
{
    // As version 1 made it.
    private const string Version1 = """
        CREATE TABLE seen (
            key BLOB PRIMARY KEY,
            day INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX seen_day ON seen (day);

        CREATE TABLE number (
            number TEXT PRIMARY KEY,
            history_since INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE conversation (
            number TEXT NOT NULL,
            party TEXT NOT NULL,
            last_inbound INTEGER,
            denied INTEGER,
            check_at INTEGER,
            PRIMARY KEY (number, party)
        ) WITHOUT ROWID;
        CREATE INDEX conversation_check_at ON conversation (check_at) WHERE check_at IS NOT NULL;

        CREATE TABLE link (
            number TEXT NOT NULL,
            phone TEXT NOT NULL,
            bsuid TEXT NOT NULL,
            PRIMARY KEY (number, phone, bsuid)
        ) WITHOUT ROWID;
        CREATE INDEX link_bsuid ON link (number, bsuid);

        CREATE TABLE log (
            arrival INTEGER PRIMARY KEY,
            number TEXT NOT NULL,
            party TEXT NOT NULL,
            at INTEGER NOT NULL,
            message TEXT,
            intent TEXT UNIQUE,
            state INTEGER,
            evidence INTEGER,
            json BLOB NOT NULL
        );
        CREATE INDEX log_conversation ON log (number, party, at, arrival);

        CREATE TABLE outbox (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            head INTEGER NOT NULL,
            parked INTEGER NOT NULL DEFAULT 0,
            ready_at INTEGER NOT NULL DEFAULT 0,
            token INTEGER NOT NULL DEFAULT 0,
            attempt INTEGER NOT NULL DEFAULT 0,
            error TEXT,
            key BLOB NOT NULL,
            lane INTEGER NOT NULL,
            field TEXT NOT NULL,
            number TEXT,
            account TEXT,
            party TEXT,
            link_phone TEXT,
            link_bsuid TEXT,
            timestamp INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            opens_window INTEGER NOT NULL,
            message TEXT,
            raw BLOB NOT NULL,
            contact BLOB NOT NULL
        );
        CREATE INDEX outbox_queue ON outbox (queue, position) WHERE parked = 0;
        CREATE INDEX outbox_parked ON outbox (position) WHERE parked = 1;
        CREATE INDEX outbox_head ON outbox (head, position, ready_at) WHERE head = 1;

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
            PRIMARY KEY (number, party, anchor, key)
        ) WITHOUT ROWID;

        CREATE TABLE quarantine (
            key BLOB PRIMARY KEY,
            received_at INTEGER NOT NULL,
            reason TEXT NOT NULL,
            payload BLOB NOT NULL
        );

        PRAGMA user_version = 1;
        """;

    private static readonly IntentId Intended = IntentId.New();

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task OpenAsync_FileOfVersion1_HasTheTablesOfANewFile()
    {
        var (old, fresh) = (_files.NewPath(), _files.NewPath());
        await StoreFiles.QueryAsync(old, Version1);
        await _files.Open(old).OpenAsync(Token);
        await _files.Open(fresh).OpenAsync(Token);
        const string Tables = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY type, name)";
        (await StoreFiles.QueryAsync(old, Tables)).Should().Be(await StoreFiles.QueryAsync(fresh, Tables));
        (await StoreFiles.QueryAsync(old, "PRAGMA user_version")).Should().Be(4L);
        (await StoreFiles.QueryAsync(old, "SELECT length(value) FROM secret")).Should().Be((long)Tombstone.SecretLength);
    }

    [Fact]
    public async Task OpenAsync_FileOfVersion1_KeepsWhatItKnew()
    {
        var path = _files.NewPath();
        await WriteVersion1Async(path);
        var store = _files.Open(path);
        (await store.ReadAsync(ByPhone, Token)).Should().Be(new ConversationSnapshot { Key = ByPhone, State = new ConversationState(Start, Start), HistorySince = Start });
        (await store.ReadLogAsync(ByUser, before: null, 10, Token)).Should().HaveCount(2);
        (await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token)).Duplicates.Should().Be(1);

        var send = (await store.ReadSendAsync(Intended, Token))!;
        send.Should().BeEquivalentTo(new { State = IntentState.Pending, Message = (MessageId?)null, RetriedAfter = (MessageId?)null });
        send.Intent.CreatedAt.Should().Be(Start);
        send.Intent.WriteContent().Should().Equal(Intent(ByUser, Start, "Hello").WriteContent());
        send.Intent.WriteDetails().Should().BeEmpty();

        var work = (await store.ClaimAsync(new ClaimRequest(Start, Duration.FromMinutes(2), 10), Token)).Should().ContainSingle().Subject;
        work.Event.Message.Should().Be(MessageId.Parse("wamid.a"));
        (await store.FinishAsync(work, DispatchResult.Completed.Instance, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_FileOfVersion1_JoinsOldLinksOverReplacedIds()
    {
        var path = _files.NewPath();
        await WriteVersion1Async(path);
        var store = _files.Open(path);
        await store.IngestAsync(Batch(Rotation(User, SecondUser, Start), Text("b", BySecondUser, Start, new IdentityLink(Phone, SecondUser))), Token);
        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().HaveCount(3, "the phone is still one customer's");
    }

    [Fact]
    public async Task OpenAsync_FileOfVersion1_CountsClaimsAsSentUntilTheyExpire()
    {
        var path = _files.NewPath();
        await WriteVersion1Async(path);
        var store = _files.Open(path);
        var claim = new FallbackClaim(ByPhone, Start, "order_shipped");
        (await store.ListAbandonedFallbacksAsync(Instant.MaxValue, 10, Token)).Should().BeEmpty();
        (await store.ClaimFallbackAsync(claim, Start + Duration.FromDays(8), Token)).Should().BeFalse();
        (await store.ClaimFallbackAsync(claim, Start + Duration.FromDays(9), Token)).Should().BeTrue();
    }

    private static async Task WriteVersion1Async(string path)
    {
        await StoreFiles.QueryAsync(path, Version1);
        await using var connection = StoreFiles.Connect(path);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO seen (key, day) VALUES ($key, $day);
            INSERT INTO number (number, history_since) VALUES ($number, $ticks);
            INSERT INTO conversation (number, party, last_inbound, denied) VALUES ($number, $phone, $at, NULL), ($number, $user, NULL, $at);
            INSERT INTO link (number, phone, bsuid) VALUES ($number, $phone, $user);
            INSERT INTO log (number, party, at, message, json) VALUES ($number, $phone, $at, 'wamid.a', $raw);
            INSERT INTO log (number, party, at, intent, state, json) VALUES ($number, $user, $at, $intent, 0, $content);
            INSERT INTO outbox (queue, head, key, lane, field, number, party, timestamp, received_at, opens_window, message, raw, contact)
            VALUES ('message/' || $number || '/' || $phone, 1, $key, 0, 'messages', $number, $phone, $ticks, $ticks, 1, 'wamid.a', $raw, x'');
            INSERT INTO fallback (number, party, anchor, key) VALUES ($number, $phone, $ticks, 'order_shipped');
            """;
        var text = Text("a", ByPhone, Start);
        var key = new byte[EventKey.Length];
        text.Key.WriteTo(key);
        (string Name, object Value)[] values =
        [
            ("$key", key),
            ("$day", Start.ToUnixTimeSeconds() / NodaConstants.SecondsPerDay),
            ("$number", Number.Value),
            ("$ticks", Start.ToUnixTimeTicks()),
            ("$at", Start.ToUnixTimeSeconds()),
            ("$phone", Phone.Value),
            ("$user", User.Value),
            ("$intent", Intended.ToString()),
            ("$raw", text.Raw.ToArray()),
            ("$content", Intent(ByUser, Start, "Hello").WriteContent()),
        ];
        foreach (var (name, value) in values)
        {
            command.Parameters.Add(new SqliteParameter(name, value));
        }

        await command.ExecuteNonQueryAsync(Token);
    }
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using NodaTime;
using WhatsSession.StoreConformance;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sqlite.Tests;

/// <summary>Both stores take the same arguments and refuse the same: a service that is tried in memory finds no surprise in the file.</summary>
public sealed class SameArgumentsTests : IAsyncDisposable
{
    private static readonly IReadOnlyList<MethodInfo> Methods =
    [
        .. typeof(IWhatsSessionStore).GetInterfaces().Prepend(typeof(IWhatsSessionStore)).SelectMany(static role => role.GetMethods())
            .Where(static method => !method.IsSpecialName)
            .OrderBy(static method => $"{method}", StringComparer.Ordinal),
    ];

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    /// <summary>Each argument of each method in turn is what it should not be.</summary>
    [Fact]
    public async Task AnyMethod_OddArgument_IsTakenOrRefusedByBoth()
    {
        var different = new List<string>();
        foreach (var method in Methods)
        {
            var (memory, file) = (new InMemoryStore(), _files.Open(_files.NewPath()));
            foreach (var store in (IWhatsSessionStore[])[memory, file])
            {
                await store.SaveIntentAsync(Known, Token);
                await store.IngestAsync(Batch(Text("a", ByPhone, Start)), Token);
            }

            foreach (var arguments in ArgumentsOf(method))
            {
                var (inMemory, inFile) = (await CallAsync(memory, method, arguments), await CallAsync(file, method, arguments));
                if (inMemory != inFile || inMemory.Contains("NullReference", StringComparison.Ordinal) || inFile.Contains("InvalidOperation", StringComparison.Ordinal))
                {
                    different.Add($"{method.Name}({string.Join(", ", arguments.Select(Describe))}): {inMemory} in memory, {inFile} in the file");
                }
            }
        }

        different.Should().BeEmpty();
        Methods.Should().HaveCountGreaterThan(30);
    }

    private static IEnumerable<object?[]> ArgumentsOf(MethodInfo method)
    {
        var parameters = method.GetParameters();
        object?[] good = [.. parameters.Select(static parameter => ValuesOf(parameter.ParameterType)[0])];
        yield return good;
        for (var i = 0; i < parameters.Length; i++)
        {
            foreach (var value in ValuesOf(parameters[i].ParameterType).Skip(1))
            {
                object?[] odd = [.. good];
                odd[i] = value;
                yield return odd;
            }
        }
    }

    /// <summary>Of a type what is right first, then what is odd.</summary>
    private static object?[] ValuesOf(Type type) => type switch
    {
        _ when type == typeof(CancellationToken) => [Token],
        _ when type == typeof(Instant) => [Start, default(Instant), Instant.MinValue, Instant.MaxValue],
        _ when type == typeof(Instant?) => [null, Start, Instant.MinValue, Instant.MaxValue],
        _ when type == typeof(int) => [1, 0, -1, int.MinValue, int.MaxValue],
        _ when type == typeof(long) => [7L, 0L, -1L, long.MinValue, long.MaxValue],
        _ when type == typeof(string) => ["handler", null, "", "\0", "\ud800", new string('x', 100_000)],
        _ when type == typeof(ReadOnlyMemory<byte>) => [new ReadOnlyMemory<byte>(Content), default(ReadOnlyMemory<byte>)],
        _ when type == typeof(PhoneNumberId) => [Number, default(PhoneNumberId)],
        _ when type == typeof(MessageId) => [MessageId.Parse("wamid.sent"), default(MessageId)],
        _ when type == typeof(IntentId) => [Known.Id, default(IntentId), IntentId.New()],
        _ when type == typeof(EventKey) => [Text("a", ByPhone, Start).Key, default(EventKey)],
        _ when type == typeof(ConversationKey) => [ByPhone, default(ConversationKey)],
        _ when type == typeof(ConversationState) => [new ConversationState(Start, denied: null), default(ConversationState), new ConversationState(Instant.MaxValue, Instant.MinValue)],
        _ when type == typeof(IdempotencyKey) =>
            [new IdempotencyKey(Number, "k"), default(IdempotencyKey), new IdempotencyKey(Number, ""), new IdempotencyKey(Number, null!), new IdempotencyKey(default, "k"),
            new IdempotencyKey(Number, "\ud800"), new IdempotencyKey(Number, "\0")],
        _ when type == typeof(KeyedSend) => [Keyed(ByPhone, Known.Id), default(KeyedSend), Keyed(default), Keyed(InOther), new KeyedSend(default, ByPhone, Content), new KeyedSend(Known.Id, ByPhone, default)],
        _ when type == typeof(FallbackClaim) =>
            [new FallbackClaim(ByPhone, Start, "k"), null, new FallbackClaim(default, Start, "k"), new FallbackClaim(ByPhone, Instant.MinValue, "k"), new FallbackClaim(ByPhone, Instant.MaxValue, "k"),
            new FallbackClaim(ByPhone, Start, null!), new FallbackClaim(ByPhone, Start, ""), new FallbackClaim(ByPhone, Start, "\ud800")],
        _ when type == typeof(InboundPoint) =>
            [
                new InboundPoint(Start, MessageId.Parse("wamid.a")), default(InboundPoint), new InboundPoint(Start, default(MessageId)), new InboundPoint(Start, MessageId.Parse("wamid.sent")),
                new InboundPoint(Instant.MinValue, Message: null), new InboundPoint(Instant.MaxValue, Message: null),
            ],
        _ when type == typeof(MessageId?) => [MessageId.Parse("wamid.sent"), null, default(MessageId)],
        _ when type == typeof(ClaimedFallback) =>
            [
                null, new ClaimedFallback(new FallbackClaim(ByPhone, Start, "k"), Known.Id, "order_shipped", Start), new ClaimedFallback(null!, default, null!, Instant.MinValue),
                new ClaimedFallback(new FallbackClaim(default, Start, null!), Known.Id, "order_shipped", Instant.MaxValue),
            ],
        _ when type == typeof(RefusedClaim) => [.. ValuesOf(typeof(ClaimedFallback)).Select(static claimed => claimed is ClaimedFallback known ? RefusedAt(known, known.ClaimedAt) : null)],
        _ when type == typeof(IReadOnlyList<ClaimedFallback>) => Lists<ClaimedFallback>(),
        _ when type == typeof(SendSettlement) =>
            [
                new SendSettlement(Known.Id, IntentState.Accepted, MessageId.Parse("wamid.sent")), default(SendSettlement), new SendSettlement(Known.Id, (IntentState)77, Message: null),
                new SendSettlement(Known.Id, IntentState.Accepted, default(MessageId)), new SendSettlement(default, IntentState.Failed, Message: null) { Facts = new ConversationState(Start, denied: null) },
            ],
        _ when type == typeof(SendIntent) => [Known, null, With(default), With(ByPhone, isDefault: true), With(ByPhone, at: Instant.MinValue), With(ByPhone, at: Instant.MaxValue)],
        _ when type == typeof(HeldMessage) =>
            [Held(Known, Start), null, Held(With(default), Start), Held(With(ByPhone, isDefault: true), Start), Held(With(ByPhone, at: Instant.MaxValue), Start), Held(With(ByPhone), Instant.MinValue), Held(With(ByPhone), Instant.MaxValue)],
        _ when type == typeof(SequenceRun) =>
            [
                Run(Known.Id, ByPhone), null, Run(default, ByPhone), Run(Known.Id, default), Run(Known.Id, ByPhone) with { Steps = [] },
                Run(Known.Id, ByPhone) with { Sequence = "\ud800", Revision = long.MaxValue }, Run(Known.Id, ByPhone) with { StartedAt = Instant.MinValue, DueAt = Instant.MaxValue },
                Run(Known.Id, ByPhone) with { StartedAt = Instant.MaxValue, State = (SequenceState)77, DueAt = Instant.MinValue },
            ],
        _ when type == typeof(StoredEvent) => [Odd("w", EventLane.Work), null, .. OddEvents()],
        _ when type == typeof(IngestBatch) =>
            [
                Batch(Text("a", ByPhone, Start)), null, Batch(), new IngestBatch { Events = [null!], ReceivedAt = Start }, new IngestBatch { Events = [], ReceivedAt = Instant.MinValue },
                new IngestBatch { Events = [], ReceivedAt = Instant.MaxValue }, new IngestBatch { Events = [], Quarantined = "{"u8.ToArray(), ReceivedAt = default },
                .. OddEvents().Select(static odd => new IngestBatch { Events = [odd], ReceivedAt = Start }),
            ],
        _ when type == typeof(ClaimRequest) =>
            [
                new ClaimRequest(Start, Duration.FromMinutes(1), 1), default(ClaimRequest), new ClaimRequest(Instant.MinValue, Duration.MinValue, 1), new ClaimRequest(Instant.MaxValue, Duration.MaxValue, int.MaxValue),
                new ClaimRequest(Start, Duration.FromMinutes(1), -1), new ClaimRequest(Start, Duration.FromMinutes(1), 1) { Lanes = default }, new ClaimRequest(Start, Duration.FromMinutes(1), 1) { StatusLimit = int.MinValue },
            ],
        _ when type == typeof(ClaimedEvent) => [Claimed(Text("a", ByPhone, Start)), null, Claimed(null!), Claimed(Odd("x", (EventLane)77))],
        _ when type == typeof(ParkedEvent) => [null, Parked(long.MinValue), Parked(-1), Parked(long.MaxValue)],
        _ when type == typeof(QuarantinedPayload) => [null, Quarantined(Instant.MinValue, default), Quarantined(Instant.MaxValue, Text("a", ByPhone, Start).Key)],
        _ when type == typeof(DispatchResult) =>
            [
                DispatchResult.Completed.Instance, null, new DispatchResult.Retry(Instant.MaxValue, null!), new DispatchResult.Retry(Instant.MinValue, "\ud800"), new DispatchResult.Parked(null!),
                new DispatchResult.Postponed(Instant.MinValue),
            ],
        _ when type == typeof(AlertSweep) => [new AlertSweep(Start, new SamplePlanner(HourLead), 10), null, new AlertSweep(Instant.MinValue, new SamplePlanner(HourLead), -1), new AlertSweep(Instant.MaxValue, new SamplePlanner(HourLead), 10)],
        _ when type == typeof(IReadOnlyList<ClaimedEvent>) => Lists<ClaimedEvent>(),
        _ when type == typeof(IReadOnlyList<ParkedEvent>) => Lists<ParkedEvent>(),
        _ when type == typeof(IReadOnlyList<MessageId>) => [new[] { MessageId.Parse("wamid.sent") }, null, Array.Empty<MessageId>(), new[] { MessageId.Parse("wamid.sent"), default }],
        _ when type == typeof(IReadOnlyList<(ConversationKey, ConversationState)>) =>
            [new[] { (ByPhone, default(ConversationState)) }, null, Array.Empty<(ConversationKey, ConversationState)>(), new[] { (ByPhone, default(ConversationState)), default }],
        _ => throw new NotSupportedException($"A store is asked with a {type}: say here what is right and what is odd."),
    };

    private static SequenceRun Run(IntentId id, ConversationKey conversation) => new()
    {
        Id = id,
        Conversation = conversation,
        Sequence = "cart",
        StartedAt = Start,
        DueAt = Start,
        Steps = [new SequenceStep { Message = new TextMessage("Still there?") }],
    };

    private static RefusedClaim RefusedAt(ClaimedFallback claimed, Instant at) => new(claimed, default, new DeliveryFailure(at, new GraphError { Code = 131026 }));

    private static SendIntent Known { get; } = Intent(ByPhone, Start, "Hello");

    private static ConversationKey InOther { get; } = new(OtherNumber, Phone);

    private static object?[] Lists<T>()
        where T : class =>
        [.. ValuesOf(typeof(T)).Where(static value => value is not null).Select(static value => new[] { (T)value! }), null, Array.Empty<T>(), new T[] { null! }];

    private static StoredEvent[] OddEvents() =>
    [
        Odd("lane", (EventLane)77), Odd("lane", (EventLane)(-1)), Odd("lane", (EventLane)255), Odd("early", EventLane.Live, Instant.MinValue), Odd("late", EventLane.Live, Instant.MaxValue),
        Odd("due", EventLane.Work, dueAt: Instant.MaxValue), Odd("due", EventLane.Work, dueAt: Instant.MinValue), Odd("field", EventLane.Live, field: "\ud800"), Odd("field", EventLane.Live, field: "\0"),
        Odd("link", EventLane.Live, link: new IdentityLink(User, Phone)), Odd("link", EventLane.Live, link: new IdentityLink(Phone, default)),
        Odd("rotation", EventLane.Live, facts: new EventFacts { Rotation = new IdentityRotation(User, User) }), Odd("rotation", EventLane.Live, facts: new EventFacts { Rotation = new IdentityRotation(Phone, User) }),
        Odd("parties", EventLane.Account, facts: new EventFacts { Parties = ["", null!] }), Odd("parties", EventLane.Account, facts: new EventFacts { Parties = null! }),
        Odd("status", EventLane.Status, facts: new EventFacts { Delivery = MessageDelivery.Of(default, Instant.MinValue, error: null) }),
        Odd("status", EventLane.Status, facts: new EventFacts { Delivery = MessageDelivery.Of(new DeliveryStatus("\ud800"), Instant.MaxValue, new GraphError { Code = 1, Message = "\ud800" }) }),
    ];

    private static StoredEvent Odd(
        string id, EventLane lane, Instant? at = null, Instant? dueAt = null, string field = "messages", IdentityLink? link = null, EventFacts? facts = null) => new()
        {
            Key = EventKey.Of(Number.Value, EventLane.Live, $"odd-{id}-{(int)lane}-{at}-{dueAt}-{field.Length}-{link is null}-{facts is null}"),
            Lane = lane,
            Field = field,
            Number = Number,
            Conversation = lane == EventLane.Account ? null : ByPhone,
            Link = link,
            Timestamp = at ?? Start,
            ReceivedAt = at ?? Start,
            DueAt = dueAt,
            OpensWindow = true,
            Message = MessageId.Parse("wamid.odd"),
            Facts = facts,
            Raw = default,
        };

    private static SendIntent With(ConversationKey conversation, bool isDefault = false, Instant? at = null) =>
        new() { Id = isDefault ? default : Known.Id, Conversation = conversation, Message = new TextMessage("Hello"), CreatedAt = at ?? Start };

    private static HeldMessage Held(SendIntent intent, Instant expiresAt) => new() { Intent = intent, ExpiresAt = expiresAt };

    private static ClaimedEvent Claimed(StoredEvent stored) =>
        new() { Event = stored, Position = 1, Token = 1, Attempt = 1, FirstTriedAt = Start, CompletedHandlers = [] };

    private static ParkedEvent Parked(long position) =>
        new() { Event = Text("a", ByPhone, Start), Position = position, Attempts = 1, Error = "E", CompletedHandlers = [] };

    private static QuarantinedPayload Quarantined(Instant at, EventKey key) => new() { Key = key, ReceivedAt = at, Reason = "", Payload = default };

    private static async Task<string> CallAsync(IWhatsSessionStore store, MethodInfo method, object?[] arguments)
    {
        try
        {
            var task = method.Invoke(store, BindingFlags.DoNotWrapExceptions, binder: null, arguments, CultureInfo.InvariantCulture)!;
            if (task is ValueTask plain)
            {
                await plain;
                return "done";
            }

            var whole = (Task)task.GetType().GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(task, null)!;
            await whole;
            return Describe(whole.GetType().GetProperty("Result")!.GetValue(whole));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception.GetType().Name;
        }
    }

    private static string Describe(object? value) => value switch
    {
        null => "null",
        bool or int or IngestResult => $"{value}",
        IngestBatch { Events: [{ } only] } => $"batch of {only.Field} {only.Link is null} {only.Facts?.Delivery} {only.Timestamp}",
        string text => text.Length > 20 ? $"text of {text.Length}" : $"\"{text}\"",
        IEnumerable list => $"{list.Cast<object?>().Count()} entries",
        _ => value.ToString()!,
    };
}

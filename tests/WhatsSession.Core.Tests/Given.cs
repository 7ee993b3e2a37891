using NodaTime;

namespace WhatsSession.Core.Tests;

/// <summary>The values that most tests start from.</summary>
internal static class Given
{
    public static Instant Noon { get; } = Instant.FromUtc(2026, 3, 14, 12, 0);

    public static PhoneNumberId Number { get; } = PhoneNumberId.Parse("314159265358979");

    public static ConversationKey Key { get; } = new(Number, CustomerId.Parse("15550001234"));

    public static Duration Day { get; } = Duration.FromHours(24);

    public static TextMessage Text { get; } = new("Your parcel left.");

    public static TemplateMessage Template { get; } = new("order_shipped", "en_US", "42");

    /// <summary>1 ns is the resolution of NodaTime, 100 ns the tick of .NET.</summary>
    public static TheoryData<int> JustBefore => new(-100, -1);

    public static TheoryData<int> AtAndJustAfter => new(0, 1, 100);

    public static Duration Nanoseconds(int count) => Duration.FromNanoseconds(count);

    /// <summary>A conversation of a number with a long history.</summary>
    public static ConversationSnapshot Snapshot(Instant? lastInbound = null, Instant? denied = null) => new()
    {
        Key = Key,
        State = new ConversationState(lastInbound, denied),
        HistorySince = Noon - Duration.FromDays(30),
    };

    /// <summary>A conversation without events of a number whose first webhook came at this time.</summary>
    public static ConversationSnapshot WithoutEvents(Instant? historySince) => new() { Key = Key, HistorySince = historySince };

    public static bool IsOpen(WindowStatus status) => status.State is WindowState.Open or WindowState.Closing;
}

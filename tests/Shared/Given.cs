using NodaTime;

namespace WhatsSession.Tests;

/// <summary>The values that most tests start from; they are those of the samples.</summary>
internal static class Given
{
    public const string AppSecret = "app-secret-of-the-tests";

    public const string VerifyToken = "verify-me";

    public const string AccessToken = "EAAtoken";

    public const string Phone = "15550001234";

    public const string UserId = "US.40917263548812004417";

    public static PhoneNumberId Number { get; } = PhoneNumberId.Parse("314159265358979");

    public static PhoneNumberId OtherNumber { get; } = PhoneNumberId.Parse("314159265358980");

    public static BusinessAccountId Account { get; } = BusinessAccountId.Parse("271828182845904");

    /// <summary>The timestamp that the samples carry.</summary>
    public static Instant T0 { get; } = Instant.FromUnixTimeSeconds(1_794_900_000);

    public static ConversationKey Key { get; } = new(Number, CustomerId.Parse(Phone));

    public static TemplateMessage Template { get; } = new("order_shipped", "en_US", "42");

    public static TextMessage Text { get; } = new("Your parcel left.");
}

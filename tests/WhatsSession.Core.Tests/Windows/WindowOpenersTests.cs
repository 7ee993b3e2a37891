namespace WhatsSession.Core.Tests.Windows;

public sealed class WindowOpenersTests
{
    private const string Reactions = nameof(WindowOpeners.Reactions);
    private const string Unsupported = nameof(WindowOpeners.UnsupportedMessages);
    private const string Edits = nameof(WindowOpeners.Edits);
    private const string UnknownKinds = nameof(WindowOpeners.UnknownKinds);
    private const string Always = "always";
    private const string Never = "never";

    /// <summary>Meta's kinds and what decides of each.</summary>
    public static TheoryData<string, string> Table => new()
    {
        { "text", Always },
        { "image", Always },
        { "video", Always },
        { "audio", Always },
        { "voice", Always },
        { "document", Always },
        { "sticker", Always },
        { "location", Always },
        { "contacts", Always },
        { "order", Always },
        { "button", Always },
        { "interactive", Always },
        { "request_welcome", Always },
        { "incoming_call", Always },
        { "accepted_call", Always },
        { "reaction", Reactions },
        { "unsupported", Unsupported },
        { "unknown", Unsupported },
        { "edit", Edits },
        { "revoke", Edits },
        { "system", Never },
        { "media_placeholder", UnknownKinds },
        { "hologram", UnknownKinds },
        { "TEXT", UnknownKinds },
        { "", UnknownKinds },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Opens_EverySwitchOff_FollowsMetasWords(string kind, string decidedBy) =>
        WindowOpeners.Default.Opens(new CustomerEventKind(kind)).Should().Be(decidedBy == Always);

    [Theory]
    [MemberData(nameof(Table))]
    public void Opens_OnlyItsOwnSwitchOn_Opens(string kind, string decidedBy) =>
        WithOnly(decidedBy).Opens(new CustomerEventKind(kind)).Should().Be(decidedBy != Never);

    [Theory]
    [MemberData(nameof(Table))]
    public void Opens_EveryOtherSwitchOn_IsNotMoved(string kind, string decidedBy) =>
        WithAllBut(decidedBy).Opens(new CustomerEventKind(kind)).Should().Be(decidedBy == Always);

    [Fact]
    public void Opens_DefaultKind_IsAnUnknownKind() => WithOnly(UnknownKinds).Opens(default).Should().BeTrue();

    [Fact]
    public void Opens_EveryNamedKind_IsInTheTable() =>
        typeof(CustomerEventKind).GetProperties()
            .Where(property => property.PropertyType == typeof(CustomerEventKind))
            .Select(property => ((CustomerEventKind)property.GetValue(null)!).Name)
            .Should().HaveCount(19).And.BeSubsetOf(Table.Select(row => row.Data.Item1));

    [Fact]
    public void ToString_OfAKind_IsItsName() => CustomerEventKind.RequestWelcome.ToString().Should().Be("request_welcome");

    [Fact]
    public void ToString_OfDefault_IsEmpty() => default(CustomerEventKind).ToString().Should().BeEmpty();

    [Fact]
    public void Default_EverySwitch_IsOff() =>
        WindowOpeners.Default.Should().Be(new WindowOpeners { Reactions = false, UnsupportedMessages = false, Edits = false, UnknownKinds = false });

    [Fact]
    public void Switches_OfTheTable_AreAll() =>
        typeof(WindowOpeners).GetProperties().Where(property => property.PropertyType == typeof(bool)).Select(property => property.Name)
            .Should().BeEquivalentTo(Reactions, Unsupported, Edits, UnknownKinds);

    private static WindowOpeners WithOnly(string name) => new()
    {
        Reactions = name == Reactions,
        UnsupportedMessages = name == Unsupported,
        Edits = name == Edits,
        UnknownKinds = name == UnknownKinds,
    };

    private static WindowOpeners WithAllBut(string name) => new()
    {
        Reactions = name != Reactions,
        UnsupportedMessages = name != Unsupported,
        Edits = name != Edits,
        UnknownKinds = name != UnknownKinds,
    };
}

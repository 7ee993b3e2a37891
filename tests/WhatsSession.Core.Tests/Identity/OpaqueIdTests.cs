using CsCheck;

namespace WhatsSession.Core.Tests.Identity;

/// <summary>The ids that Meta makes and nobody reads: messages and groups.</summary>
public sealed class OpaqueIdTests
{
    private static readonly Gen<char> Token = Gen.Char['!', '~'];

    // Letters that neither a hexadecimal hash nor the words before it contain.
    private static readonly Gen<string> Marked = Gen.String[Gen.Char['G', 'Z'], 3, 64];

    public static TheoryData<string?> Refused => new(null, "", " ", "wamid x", "wamid.x\n", "\twamid.x", "wamid.\0", "wämid", "wamid.\u007f", "١٢٣", "１２３", "\ud83d\ude00");

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryParse_NotATokenAsMessage_IsRefused(string? text)
    {
        var parsed = MessageId.TryParse(text, out var id);

        (parsed, id).Should().Be((false, default(MessageId)));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryParse_NotATokenAsGroup_IsRefused(string? text)
    {
        var parsed = GroupId.TryParse(text, out var id);

        (parsed, id).Should().Be((false, default(GroupId)));
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void TryParse_LongMessageId_HasALimit(int length, bool accepted) => MessageId.TryParse(new string('x', length), out _).Should().Be(accepted);

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void TryParse_LongGroupId_HasALimit(int length, bool accepted) => GroupId.TryParse(new string('x', length), out _).Should().Be(accepted);

    // A message id read back is the id that was written.
    [Fact]
    public void Parse_ValueOfAMessageId_IsTheSame() =>
        Gen.String[Token, 1, 512].Sample(text => MessageId.Parse(text).Value == text && MessageId.Parse(MessageId.Parse(text).Value) == MessageId.Parse(text));

    // A group id read back is the id that was written.
    [Fact]
    public void Parse_ValueOfAGroupId_IsTheSame() =>
        Gen.String[Token, 1, 256].Sample(text => GroupId.Parse(text).Value == text && GroupId.Parse(GroupId.Parse(text).Value) == GroupId.Parse(text));

    // The form for logs shows no three characters of an opaque id in sequence.
    [Fact]
    public void ToString_OfAnyOpaqueId_ShowsNoThreeCharacters() =>
        Marked.Sample(text =>
        {
            var shown = MessageId.Parse(text).ToString() + GroupId.Parse(text);
            return !Enumerable.Range(0, text.Length - 2).Any(start => shown.Contains(text.Substring(start, 3), StringComparison.Ordinal));
        });

    /// <summary>FNV-1a of "a" is a published test value: the hash is the same in every process and version.</summary>
    [Fact]
    public void ToString_OfAnOpaqueId_IsAStableHash() =>
        (MessageId.Parse("a").ToString(), GroupId.Parse("foobar").ToString()).Should().Be(("message:e40c292c", "group:bf9cf968"));

    [Fact]
    public void Parse_PersonalIdWithASpace_IsNotQuoted() =>
        FluentActions.Invoking(() => MessageId.Parse("wamid.HBgM NDkx")).Should().Throw<FormatException>().Which.Message
            .Should().NotContainAny("HBgM", "NDkx").And.Contain("15 characters");

    [Fact]
    public void Parse_GroupIdWithASpace_IsNotQuoted() =>
        FluentActions.Invoking(() => GroupId.Parse("4917012 34567")).Should().Throw<FormatException>().Which.Message
            .Should().NotContainAny("4917012", "34567").And.Contain("13 characters");

    [Fact]
    public void Default_OfOpaqueIds_IsEmpty() => (default(MessageId).Value, default(GroupId).Value).Should().Be(("", ""));

    [Fact]
    public void Equals_OtherCase_IsFalse() =>
        (MessageId.Parse("wamid.a") == MessageId.Parse("wamid.A") || GroupId.Parse("a") == GroupId.Parse("A")).Should().BeFalse();
}

using System.Text;
using CsCheck;

namespace WhatsSession.Core.Tests.Sending;

public sealed class IntentIdTests
{
    // 21 of these characters and one that leaves no stray bits make a canonical text.
    private static readonly Gen<string> Text = Gen.Select(
        Gen.String[Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"], 21, 21], Gen.Char["AQgw"], (most, last) => most + last);

    public static TheoryData<string?> Refused => new(
        null,
        "",
        "AAAAAAAAAAAAAAAAAAAAAA",
        "BAAAAAAAAAAAAAAAAAAAA",
        "BAAAAAAAAAAAAAAAAAAAAAA",
        "BAAAAAAAAAAAAAAAAAAAAB",
        "BAAAAAAAAAAAAAAAAAAAAP",
        "BAAAAAAAAAAAAAAAAAAAA=",
        "BAAAAAAAAAAAAAAAAAAA==",
        "+AAAAAAAAAAAAAAAAAAAAA",
        "/AAAAAAAAAAAAAAAAAAAAA",
        "BAAA AAAAAAAAAAAAAAAAA",
        "BAAA    AAAAAAAAAAAAAA",
        "BAAA\nAAAAAAAAAAAAAAAAA",
        "BAAA\0AAAAAAAAAAAAAAAAA",
        "BAAA.AAAAAAAAAAAAAAAAA",
        "ÄAAAAAAAAAAAAAAAAAAAAA",
        "ＡAAAAAAAAAAAAAAAAAAAAA");

    // The id that a status carries back is the id that was sent.
    [Fact]
    public void Parse_ItsOwnText_IsTheSame() =>
        Text.Sample(text => IntentId.Parse(text).ToString() == text && IntentId.Parse(IntentId.Parse(text).ToString()) == IntentId.Parse(text));

    // One id has one text: two different texts are two ids.
    [Fact]
    public void Parse_OtherText_IsAnotherId() =>
        Gen.Select(Text, Text).Sample((a, b) => a == b == (IntentId.Parse(a) == IntentId.Parse(b)));

    // Both forms of the text are read alike.
    [Fact]
    public void TryParse_Utf8_AgreesWithText() =>
        Text.Sample(text => IntentId.TryParse(Encoding.UTF8.GetBytes(text), out var id) && id == IntentId.Parse(text));

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryParse_NotCanonical_IsRefused(string? text)
    {
        var parsed = IntentId.TryParse(text, out var id);

        (parsed, id).Should().Be((false, default(IntentId)));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryParse_NotCanonicalUtf8_IsRefused(string? text) =>
        IntentId.TryParse(Encoding.UTF8.GetBytes(text ?? ""), out _).Should().BeFalse();

    [Fact]
    public void Parse_NotCanonical_Throws() => FluentActions.Invoking(() => IntentId.Parse("short")).Should().Throw<FormatException>().WithMessage("The value of 5 characters is not an intent id*");

    [Fact]
    public void New_Twice_IsTwoIds() => IntentId.New().Should().NotBe(IntentId.New()).And.NotBe(default(IntentId));

    [Fact]
    public void ToString_OfAnyId_Is22CharactersThatNeedNoEscape() => IntentId.New().ToString().Should().MatchRegex("^[A-Za-z0-9_-]{22}$");

    [Fact]
    public void Format_LongerDestination_Writes22Bytes()
    {
        var destination = Enumerable.Repeat((byte)'!', 24).ToArray();

        var written = IntentId.Parse("-_AAAAAAAAAAAAAAAAAAAw").Format(destination);

        (written, Encoding.ASCII.GetString(destination)).Should().Be((22, "-_AAAAAAAAAAAAAAAAAAAw!!"));
    }

    [Fact]
    public void Format_ShortDestination_Throws() =>
        FluentActions.Invoking(() => IntentId.New().Format(new byte[21])).Should().Throw<ArgumentException>().WithParameterName("destination");
}

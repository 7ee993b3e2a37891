using CsCheck;

namespace WhatsSession.Core.Tests.Identity;

/// <summary>The ids of a business's own numbers and accounts, which are not personal data.</summary>
public sealed class NumberIdTests
{
    private static readonly string Digits32 = new('7', 32);

    public static TheoryData<string> Accepted => new("1", "0", "314159265358979", Digits32);

    public static TheoryData<string?> Refused => new(
        null, "", " ", "+314159265358979", "314 159", "314-159", "31415926535897a", "314159265358979\n", "\0", "-1", "٣١٤", "３１４", "US.1", Digits32 + "7");

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Parse_DigitsAsNumber_AreKept(string text) => PhoneNumberId.Parse(text).Value.Should().Be(text);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Parse_DigitsAsAccount_AreKept(string text) => BusinessAccountId.Parse(text).Value.Should().Be(text);

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryParse_AnythingElseAsNumber_IsRefused(string? text)
    {
        var parsed = PhoneNumberId.TryParse(text, out var id);

        (parsed, id).Should().Be((false, default(PhoneNumberId)));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryParse_AnythingElseAsAccount_IsRefused(string? text)
    {
        var parsed = BusinessAccountId.TryParse(text, out var id);

        (parsed, id).Should().Be((false, default(BusinessAccountId)));
    }

    [Fact]
    public void Parse_PhoneNumberAsNumberId_SaysWhatToCopy() =>
        FluentActions.Invoking(() => PhoneNumberId.Parse("+15550001234")).Should().Throw<FormatException>().WithMessage("\"+15550001234\" is not a phone number id*it is not the phone number.");

    [Fact]
    public void Parse_NoAccountId_Throws() =>
        FluentActions.Invoking(() => BusinessAccountId.Parse("")).Should().Throw<FormatException>().WithMessage("*WhatsApp Business Account id*");

    // An id read back is the id that was written, leading zeros included.
    [Fact]
    public void Parse_ItsOwnValue_IsTheSame() =>
        Gen.String[Gen.Char["0123456789"], 1, 32].Sample(text =>
            PhoneNumberId.Parse(PhoneNumberId.Parse(text).Value) == PhoneNumberId.Parse(text) && PhoneNumberId.Parse(text).ToString() == text
            && BusinessAccountId.Parse(BusinessAccountId.Parse(text).Value) == BusinessAccountId.Parse(text) && BusinessAccountId.Parse(text).ToString() == text);

    [Fact]
    public void Default_OfNumberIds_IsEmpty() => (default(PhoneNumberId).ToString(), default(BusinessAccountId).ToString()).Should().Be(("", ""));
}

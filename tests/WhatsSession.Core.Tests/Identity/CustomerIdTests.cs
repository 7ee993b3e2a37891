using CsCheck;

namespace WhatsSession.Core.Tests.Identity;

public sealed class CustomerIdTests
{
    private const string Alphanumerics = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly string Letters128 = string.Concat(Enumerable.Repeat("Ab3d", 32));

    private static readonly Gen<string> Phone = Gen.Select(Gen.Char["123456789"], Gen.String[Gen.Char["0123456789"], 4, 14], (first, rest) => first + rest);

    private static readonly Gen<string> BusinessScoped = Gen.Select(
        Gen.String[Gen.Char['A', 'Z'], 2, 2], Gen.Bool, Gen.String[Gen.Char[Alphanumerics], 1, 128], (country, parent, rest) => $"{country}.{(parent ? "ENT." : "")}{rest}");

    public static TheoryData<string, string> Phones => new()
    {
        { "15550001234", "15550001234" },
        { "+15550001234", "15550001234" },
        { "12345", "12345" },
        { "+12345", "12345" },
        { "123456789012345", "123456789012345" },
        { "+123456789012345", "123456789012345" },
        { "10000", "10000" },
    };

    public static TheoryData<string> UserIds => new(
        "US.13491208655302741918",
        "MY.1777",
        "DE.a",
        "DE.aBcD0",
        "US.ENT.x",
        "US.ENT.11815799212886844830",
        "US.ENT",
        "US." + Letters128,
        "US.ENT." + Letters128);

    public static TheoryData<string?> Refused => new(
        null,
        "",
        " ",
        "+",
        "1234",
        "+1234",
        "1234567890123456",
        "+1234567890123456",
        "015550001234",
        "+015550001234",
        "++15550001234",
        "15550001234+",
        "0015550001234",
        "1 555 000 1234",
        "1-555-000-1234",
        "(1)5550001234",
        " 15550001234",
        "15550001234 ",
        "15550001234\n",
        "15550001234\0",
        "1555\0001234",
        "15550001234@s.whatsapp.net",
        "٤٩١٧٠١٢٣٤٥٦٧",
        "+٤٩١٧٠١٢٣٤٥٦٧",
        "1555000123٤",
        "１５５５０００１２３４",
        "US",
        "US.",
        "US.ENT.",
        "US.ENT.x.y",
        "US.x.y",
        "US.ent.x",
        "us.1777",
        "Us.1777",
        "U.1777",
        "USA.1777",
        "ÜS.1777",
        ".1777",
        "US-1777",
        "US.17 77",
        "US.17_77",
        "US.1777\0",
        "US.1777\n",
        "US.١٧٧٧",
        "US.émile",
        "1S.1777",
        "@username",
        "US." + Letters128 + "x",
        "US.ENT." + Letters128 + "x");

    [Theory]
    [MemberData(nameof(Phones))]
    public void Parse_PhoneNumber_IsItsDigits(string text, string digits)
    {
        var id = CustomerId.Parse(text);

        (id.Value, id.IsPhone, id.IsBusinessScoped).Should().Be((digits, true, false));
    }

    [Theory]
    [MemberData(nameof(UserIds))]
    public void Parse_BusinessScopedUserId_IsKeptWhole(string text)
    {
        var id = CustomerId.Parse(text);

        (id.Value, id.IsPhone, id.IsBusinessScoped).Should().Be((text, false, true));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        var parsed = CustomerId.TryParse(text, out var id);

        (parsed, id).Should().Be((false, default(CustomerId)));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Parse_AnythingElse_ThrowsWithoutTheValue(string? text)
    {
        var message = FluentActions.Invoking(() => CustomerId.Parse(text!)).Should().Throw<FormatException>().Which.Message;

        message.Should().Contain($"{text?.Length ?? 0} characters");
        if (text is { Length: > 5 })
        {
            message.Replace("15550001234", "", StringComparison.Ordinal).Should().NotContain(text);
        }
    }

    [Fact]
    public void Parse_AlmostAPhoneNumber_DoesNotQuoteIt() =>
        FluentActions.Invoking(() => CustomerId.Parse("+49 170 7654321")).Should().Throw<FormatException>().Which.Message.Should().NotContainAny("7654321", "170");

    // An identifier read back is the identifier that was written.
    [Fact]
    public void Parse_ItsOwnValue_IsTheSame() =>
        Gen.OneOf(Phone, BusinessScoped, Phone.Select(digits => "+" + digits)).Sample(text =>
        {
            var id = CustomerId.Parse(text);
            return CustomerId.Parse(id.Value) == id && id.Value == text.TrimStart('+') && id.IsPhone != id.IsBusinessScoped;
        });

    // The form for logs shows no three characters of a phone number in sequence.
    [Fact]
    public void ToString_OfAnyPhone_ShowsNoThreeCharacters() =>
        Phone.Sample(text => !SharesThree(text, CustomerId.Parse(text).ToString()));

    // The form for logs shows the country of a user id, and no three characters of the rest in sequence.
    [Fact]
    public void ToString_OfAnyUserId_ShowsNoThreeCharactersOfItsOwnPart() =>
        BusinessScoped.Sample(text => !SharesThree(text[3..], CustomerId.Parse(text).ToString().Replace("bsuid:" + text[..2], "", StringComparison.Ordinal)));

    /// <summary>Two characters of few would be most of it.</summary>
    [Theory]
    [InlineData("US.a")]
    [InlineData("US.ab")]
    [InlineData("US.abc")]
    [InlineData("US.ENT.x")]
    [InlineData("US.ENT.xy")]
    [InlineData("US.ENT.12345")]
    [InlineData("US.123456789")]
    public void ToString_OfAShortUserId_ShowsTheCountryAlone(string text) =>
        CustomerId.Parse(text).ToString().Should().Be("bsuid:US.*");

    [Theory]
    [InlineData("15550001234", "phone:*34")]
    [InlineData("+15550001234", "phone:*34")]
    [InlineData("US.13491208655302741918", "bsuid:US.*18")]
    [InlineData("US.ENT.11815799212886844830", "bsuid:US.*30")]
    public void ToString_OfACustomer_IsFitForLogs(string text, string expected) => CustomerId.Parse(text).ToString().Should().Be(expected);

    [Fact]
    public void Default_OfAnId_IsNobody()
    {
        CustomerId nobody = default;

        (nobody.Value, nobody.IsPhone, nobody.IsBusinessScoped, nobody.ToString()).Should().Be(("", false, false, "nobody"));
    }

    [Fact]
    public void Equals_OtherCase_IsFalse() => CustomerId.Parse("US.abc").Should().NotBe(CustomerId.Parse("US.ABC"));

    [Fact]
    public void Equals_WithAndWithoutPlus_IsTrue() => CustomerId.Parse("+15550001234").Should().Be(CustomerId.Parse("15550001234"));

    private static bool SharesThree(string value, string shown) =>
        Enumerable.Range(0, Math.Max(0, value.Length - 2)).Any(start => shown.Contains(value.Substring(start, 3), StringComparison.Ordinal));
}

using CsCheck;

namespace WhatsSession.Core.Tests.Identity;

public sealed class ConversationKeyTests
{
    private static readonly PhoneNumberId Number = Given.Number;

    private static readonly Gen<string> Digits = Gen.Select(Gen.Char["123456789"], Gen.String[Gen.Char["0123456789"], 4, 14], (first, rest) => first + rest);

    private static readonly Gen<ConversationKey> AnyKey = Gen.OneOf(
        Digits.Select(digits => new ConversationKey(Number, CustomerId.Parse(digits))),
        Gen.String[Gen.Char['0', '9'], 1, 128].Select(digits => new ConversationKey(Number, CustomerId.Parse("MY." + digits))),
        Gen.String[Gen.Char['!', '~'], 1, 256].Select(text => new ConversationKey(Number, GroupId.Parse(text))));

    // A store gives back the conversation that it was given.
    [Fact]
    public void Restore_TheTwoParts_IsTheSameKey() =>
        AnyKey.Sample(key => ConversationKey.Restore(key.Number, key.Party) == key);

    // A group is never mistaken for a customer, whatever its id looks like.
    [Fact]
    public void Equals_GroupNamedLikeAPhone_IsNeverTheCustomer() =>
        Digits.Sample(digits =>
        {
            var (group, customer) = (new ConversationKey(Number, GroupId.Parse(digits)), new ConversationKey(Number, CustomerId.Parse(digits)));
            return group != customer && group.Party != customer.Party && group.IsGroup && !customer.IsGroup;
        });

    [Fact]
    public void Customer_OfACustomer_IsGiven()
    {
        var customer = CustomerId.Parse("US.1777");

        var key = new ConversationKey(Number, customer);

        (key.Number, key.Customer, key.Group, key.IsGroup, key.Party).Should().Be((Number, (CustomerId?)customer, (GroupId?)null, false, "US.1777"));
    }

    [Fact]
    public void Group_OfAGroup_IsGiven()
    {
        var group = GroupId.Parse("g:15550001234");

        var key = new ConversationKey(Number, group);

        (key.Number, key.Customer, key.Group, key.IsGroup, key.Party).Should().Be((Number, (CustomerId?)null, (GroupId?)group, true, "g:g:15550001234"));
    }

    [Fact]
    public void Equals_SameCustomerOfAnotherNumber_IsFalse() =>
        new ConversationKey(Number, CustomerId.Parse("15550001234")).Should().NotBe(new ConversationKey(PhoneNumberId.Parse("1"), CustomerId.Parse("15550001234")));

    [Theory]
    [InlineData("")]
    [InlineData("g:")]
    [InlineData("G:123")]
    [InlineData("g: 1")]
    [InlineData("+15550001234")]
    [InlineData("us.1777")]
    public void Restore_NotAParty_Throws(string party) =>
        FluentActions.Invoking(() => ConversationKey.Restore(Number, party)).Should().Throw<FormatException>();

    [Fact]
    public void Restore_Null_Throws() =>
        FluentActions.Invoking(() => ConversationKey.Restore(Number, null!)).Should().Throw<ArgumentNullException>().WithParameterName("party");

    [Fact]
    public void New_DefaultNumber_Throws() =>
        FluentActions.Invoking(() => new ConversationKey(default, CustomerId.Parse("15550001234"))).Should().Throw<ArgumentException>().WithParameterName("number");

    [Fact]
    public void New_DefaultCustomer_Throws() =>
        FluentActions.Invoking(() => new ConversationKey(Number, default(CustomerId))).Should().Throw<ArgumentException>().WithParameterName("customer");

    [Fact]
    public void New_DefaultGroup_Throws() =>
        FluentActions.Invoking(() => new ConversationKey(Number, default(GroupId))).Should().Throw<ArgumentException>().WithParameterName("group");

    [Fact]
    public void ToString_OfACustomer_IsRedacted() =>
        new ConversationKey(Number, CustomerId.Parse("15550001234")).ToString().Should().Be("314159265358979/phone:*34");

    [Fact]
    public void ToString_OfAGroup_IsRedacted() =>
        new ConversationKey(Number, GroupId.Parse("foobar")).ToString().Should().Be("314159265358979/group:bf9cf968");

    [Fact]
    public void Default_OfAKey_IsNobodys()
    {
        ConversationKey key = default;

        (key.Number, key.Customer, key.Group, key.IsGroup, key.Party).Should().Be((default(PhoneNumberId), (CustomerId?)null, (GroupId?)null, false, ""));
    }
}

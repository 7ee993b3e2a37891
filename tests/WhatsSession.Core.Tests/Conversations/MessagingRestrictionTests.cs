using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests.Conversations;

public sealed class MessagingRestrictionTests
{
    private static readonly Instant Ends = Given.Noon + Duration.FromDays(3);

    [Fact]
    public void Later_TwoWords_IsCommutative() =>
        Gen.Select(Generators.Restriction, Generators.Restriction).Sample((a, b) => MessagingRestriction.Later(a, b) == MessagingRestriction.Later(b, a));

    [Fact]
    public void Later_ThreeWords_IsAssociative() =>
        Gen.Select(Generators.Restriction, Generators.Restriction, Generators.Restriction).Sample((a, b, c) =>
            MessagingRestriction.Later(MessagingRestriction.Later(a, b), c) == MessagingRestriction.Later(a, MessagingRestriction.Later(b, c)));

    [Fact]
    public void Later_WordWithItselfOrNone_IsTheWord() =>
        Generators.Restriction.Sample(word => MessagingRestriction.Later(word, word) == word
            && MessagingRestriction.Later(word, null) == word && MessagingRestriction.Later(null, word) == word);

    [Fact]
    public void Later_NoWords_IsNone() => MessagingRestriction.Later(null, null).Should().BeNull();

    [Fact]
    public void Later_NewerLifting_EndsAnOlderRestriction()
    {
        var lifted = new MessagingRestriction(Given.Noon + Given.Nanoseconds(1), Applies: false, Until: null);

        MessagingRestriction.Later(new MessagingRestriction(Given.Noon, Applies: true, Until: null), lifted).Should().Be(lifted);
    }

    [Fact]
    public void Later_OfOneTime_IsTheStricter()
    {
        var (lifted, brief, endless) = (Word(applies: false, null), Word(applies: true, Ends), Word(applies: true, null));

        MessagingRestriction.Later(lifted, brief).Should().Be(brief);
        MessagingRestriction.Later(endless, brief).Should().Be(endless);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void IsInForce_AroundItsEnd_HoldsUntilThen(int nanoseconds, bool inForce) =>
        Word(applies: true, Ends).IsInForce(Ends + Given.Nanoseconds(nanoseconds)).Should().Be(inForce);

    [Fact]
    public void IsInForce_WithoutEnd_HoldsForEver() => Word(applies: true, null).IsInForce(Instant.MaxValue).Should().BeTrue();

    [Fact]
    public void IsInForce_Lifted_IsFalse() => Word(applies: false, Ends).IsInForce(Given.Noon).Should().BeFalse();

    private static MessagingRestriction Word(bool applies, Instant? until) => new(Given.Noon, applies, until);
}

using NodaTime;
using WhatsSession.Storage.InMemory;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

[WithoutEmulator("A pure function.")]
public sealed class WindowSecondsTests
{
    private static readonly Instant LastSecond = Instant.FromUnixTimeSeconds(uint.MaxValue - 2L);

    [Fact]
    public void Of_None_IsNone() => WindowSeconds.ToInstant(WindowSeconds.Of(at: null)).Should().BeNull();

    [Fact]
    public void Of_1970_IsATime() => WindowSeconds.ToInstant(WindowSeconds.Of(NodaConstants.UnixEpoch)).Should().Be(NodaConstants.UnixEpoch);

    [Fact]
    public void Of_Fraction_IsCutOff() => WindowSeconds.Of(Given.T0 + Duration.FromNanoseconds(999_999_999)).Should().Be(WindowSeconds.Of(Given.T0));

    [Fact]
    public void Of_BeforeTheSpan_IsItsStart() => WindowSeconds.Of(Instant.MinValue).Should().Be(WindowSeconds.Of(NodaConstants.UnixEpoch));

    [Fact]
    public void Of_AfterTheSpan_IsItsEndAndNotMoved()
    {
        WindowSeconds.Of(Instant.MaxValue).Should().Be(WindowSeconds.Of(LastSecond)).And.BeLessThan(WindowSeconds.Moved);
        WindowSeconds.NotBefore(Instant.MaxValue).Should().Be(WindowSeconds.Of(LastSecond));
        WindowSeconds.ToInstant(WindowSeconds.Of(LastSecond)).Should().Be(LastSecond);
    }

    [Fact]
    public void NotBefore_Fraction_IsTheNextSecond()
    {
        WindowSeconds.NotBefore(Given.T0 + Duration.Epsilon).Should().Be(WindowSeconds.Of(Given.T0 + Duration.FromSeconds(1)));
        WindowSeconds.NotBefore(Given.T0).Should().Be(WindowSeconds.Of(Given.T0));
        WindowSeconds.NotBefore(at: null).Should().Be(WindowSeconds.None);
    }
}

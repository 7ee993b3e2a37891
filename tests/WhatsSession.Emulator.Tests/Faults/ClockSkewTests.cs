namespace WhatsSession.Emulator.Tests.Faults;

public sealed class ClockSkewTests
{
    [Theory]
    [InlineData("1e12")]
    [InlineData("-1e12")]
    [InlineData("31622401")]
    public async Task ClockSkew_Absurd_IsRefusedAndEverythingGoesOn(string seconds)
    {
        await using var business = await Business.OpenAsync();

        var set = await business.PostAsync("_emulator/faults", $$"""{"clock_skew":{{seconds}}}""");

        set.StatusCode.Should().Be(400);
        (await business.GetAsync("_emulator/state")).StatusCode.Should().Be(200);
        (await business.TextAsync("hi")).Code.Should().Be(131047);
        business.Emulator.Faults.Invoking(f => f.ClockSkew = TimeSpan.MaxValue).Should().Throw<ArgumentOutOfRangeException>();
        business.Emulator.Faults.Invoking(f => f.ClockSkew = TimeSpan.MinValue).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(366)]
    [InlineData(-366)]
    public async Task ClockSkew_LargestOneWhereTheClockEnds_IsAnswered(int days)
    {
        await using var business = await Business.OpenAsync(o => o.StartsAt = new DateTimeOffset(9900, 1, 1, 0, 0, 0, TimeSpan.Zero));
        business.Emulator.Faults.ClockSkew = TimeSpan.FromDays(days);

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        (await business.TextAsync("hi")).StatusCode.Should().Be(200);
    }

    [Theory]
    [InlineData("2025-10-07T23:59:59Z")]
    [InlineData("9900-01-01T00:00:01Z")]
    public async Task StartsAt_WhereTheRulesDoNotHold_IsRefused(string instant)
    {
        var start = () => Business.OpenAsync(o => o.StartsAt = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));

        (await start.Should().ThrowAsync<ArgumentException>()).WithMessage("StartsAt*");
    }
}

using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests.Windows;

public sealed class CustomerServiceWindowTests
{
    [Fact]
    public void Length_Always_Is24Hours() => CustomerServiceWindow.Length.Should().Be(Duration.FromHours(24));

    [Fact]
    public void MaximumClockLead_Always_Is5Minutes() => CustomerServiceWindow.MaximumClockLead.Should().Be(Duration.FromMinutes(5));

    [Fact]
    public void ClosesAt_AnEvent_Is24HoursLater() =>
        CustomerServiceWindow.ClosesAt(Instant.FromUtc(2026, 3, 14, 12, 0)).Should().Be(Instant.FromUtc(2026, 3, 15, 12, 0));

    // Stamping an event that was stamped before changes nothing.
    [Fact]
    public void Clamp_Twice_IsIdempotent() =>
        Gen.Select(Generators.AnyTime, Generators.AnyTime).Sample((eventTime, receivedAt) =>
        {
            var once = CustomerServiceWindow.Clamp(eventTime, receivedAt);
            return CustomerServiceWindow.Clamp(once, receivedAt) == once;
        });

    // No event holds a window open for longer than 24 hours and 5 minutes from its receipt.
    [Fact]
    public void Clamp_AnyEvent_IsNotLaterThan5MinutesAfterReceipt() =>
        Gen.Select(Generators.AnyTime, Generators.AnyTime).Sample((eventTime, receivedAt) =>
            CustomerServiceWindow.Clamp(eventTime, receivedAt) <= receivedAt + Duration.FromMinutes(5));

    // A clamp keeps the order of events, so the latest stays the latest.
    [Fact]
    public void Clamp_TwoEvents_KeepsTheirOrder() =>
        Gen.Select(Generators.AnyTime, Generators.AnyTime, Generators.AnyTime).Sample((a, b, receivedAt) =>
            a > b || CustomerServiceWindow.Clamp(a, receivedAt) <= CustomerServiceWindow.Clamp(b, receivedAt));

    [Theory]
    [InlineData(-100)]
    [InlineData(-1)]
    [InlineData(0)]
    public void Clamp_UpTo5MinutesAhead_IsBelieved(int nanoseconds)
    {
        var eventTime = Given.Noon + Duration.FromMinutes(5) + Given.Nanoseconds(nanoseconds);

        CustomerServiceWindow.Clamp(eventTime, Given.Noon).Should().Be(eventTime);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Clamp_MoreThan5MinutesAhead_IsTheLatestBelieved(int nanoseconds)
    {
        var eventTime = Given.Noon + Duration.FromMinutes(5) + Given.Nanoseconds(nanoseconds);

        CustomerServiceWindow.Clamp(eventTime, Given.Noon).Should().Be(Given.Noon + Duration.FromMinutes(5));
    }

    [Fact]
    public void Clamp_DaysLate_KeepsTheEventsOwnTime() =>
        CustomerServiceWindow.Clamp(Given.Noon - Duration.FromDays(7), Given.Noon).Should().Be(Given.Noon - Duration.FromDays(7));

    [Fact]
    public void Clamp_Before1970_Is1970() =>
        CustomerServiceWindow.Clamp(NodaConstants.UnixEpoch - Given.Nanoseconds(1), Given.Noon).Should().Be(NodaConstants.UnixEpoch);
}

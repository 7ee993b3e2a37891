using NodaTime;

namespace WhatsSession.Core.Tests.Errors;

public sealed class GraphAdviceTests
{
    [Fact]
    public void Advice_OnThePairLimit_WaitsFourTimesAsLongEachTime()
    {
        var wait = Of(131056).Retry.Should().BeOfType<GraphRetry.Wait>().Subject;

        Enumerable.Range(0, 4).Select(wait.Before).Should().Equal(Duration.FromSeconds(1), Duration.FromSeconds(4), Duration.FromSeconds(16), Duration.FromSeconds(64));
    }

    [Fact]
    public void Advice_OnTheMarketingLimit_WaitsADayAtLeast() =>
        Of(131049).Retry.Should().BeOfType<GraphRetry.Wait>().Which.Before(0).Should().Be(Duration.FromDays(1));

    [Fact]
    public void Advice_OnTheClosedWindow_IsOnceTheCustomerWrites() =>
        Of(131047).Retry.Should().Be(new GraphRetry.Once("the customer writes"));

    [Fact]
    public void Before_OfManyRetries_StaysBelowThirtyDays() =>
        new GraphRetry.Wait(Duration.FromHours(1), 4).Before(1000).Should().Be(Duration.FromDays(30));

    [Fact]
    public void Before_OfANegativeRetry_Throws() =>
        FluentActions.Invoking(() => new GraphRetry.Wait(Duration.FromHours(1), 4).Before(-1)).Should().Throw<ArgumentOutOfRangeException>();

    /// <summary>Meta answers 100 for all that is wrong with a template; the subcode says what.</summary>
    [Fact]
    public void Advice_OnASubcodeOfTemplateManagement_IsThatOfTheSubcode() =>
        new GraphError { Code = 100, Subcode = 2388293, Category = GraphErrorCategory.InvalidRequest }.Advice.Should().Be(Of(2388293)).And.NotBe(Of(100));

    [Fact]
    public void Advice_OnAnUnknownSubcode_IsThatOfTheCode() =>
        new GraphError { Code = 100, Subcode = 77, Category = GraphErrorCategory.InvalidRequest }.Advice.Should().Be(Of(100));

    [Theory]
    [InlineData(GraphErrorCategory.NotReached, null, true)]
    [InlineData(GraphErrorCategory.InvalidRequest, null, false)]
    [InlineData(GraphErrorCategory.Configuration, null, false)]
    [InlineData(GraphErrorCategory.WindowClosed, null, false)]
    [InlineData(GraphErrorCategory.Consent, null, false)]
    [InlineData(GraphErrorCategory.RateLimited, null, true)]
    [InlineData(GraphErrorCategory.Unavailable, null, true)]
    [InlineData(GraphErrorCategory.Restricted, null, true)]
    [InlineData(GraphErrorCategory.Unknown, null, false)]
    [InlineData(GraphErrorCategory.Unknown, 400, false)]
    [InlineData(GraphErrorCategory.Unknown, 401, false)]
    [InlineData(GraphErrorCategory.Unknown, 403, false)]
    [InlineData(GraphErrorCategory.Unknown, 429, true)]
    [InlineData(GraphErrorCategory.Unknown, 503, true)]
    public void Advice_OnAnUnknownCode_GoesByCategoryAndStatus(GraphErrorCategory category, int? status, bool isRetryable)
    {
        var advice = new GraphError { Code = 987654, Category = category, HttpStatus = status }.Advice;

        advice.IsRetryable.Should().Be(isRetryable);
        advice.Text.Should().NotBeEmpty();
    }

    /// <summary>Code 0 stands both for Meta's own 0 and for no code at all.</summary>
    [Fact]
    public void Advice_OnAFailureWithoutCode_IsNotThatOfMetasCode0() =>
        new GraphError { Category = GraphErrorCategory.NotReached }.Advice.Should().NotBe(Of(0));

    [Theory]
    [InlineData(0, GraphErrorCategory.NotReached, null, true)]
    [InlineData(130429, GraphErrorCategory.RateLimited, 400, true)]
    [InlineData(987654, GraphErrorCategory.RateLimited, 429, true)]
    [InlineData(987654, GraphErrorCategory.Unknown, 429, true)]
    [InlineData(190, GraphErrorCategory.Configuration, 429, false)]
    [InlineData(131000, GraphErrorCategory.Unavailable, 500, false)]
    [InlineData(987654, GraphErrorCategory.Unknown, 400, false)]
    [InlineData(0, GraphErrorCategory.Unavailable, null, false)]
    public void IsSafeToRetry_OfAnError_IsTrueWhereMetaSurelyDidNothing(int code, GraphErrorCategory category, int? status, bool expected) =>
        new GraphError { Code = code, Category = category, HttpStatus = status }.IsSafeToRetry.Should().Be(expected);

    [Fact]
    public void Message_OfTheException_HasTheErrorAndTheAdviceWithoutIdentifiers()
    {
        var exception = new GraphErrorException(new GraphError { Code = 131030, Message = "Recipient phone number 491701234567 is not in allowed list", Category = GraphErrorCategory.Configuration });

        exception.Message.Should().Be($"(131030) Recipient phone number *67 is not in allowed list. {Of(131030).Text}");
        exception.Error.Code.Should().Be(131030);
    }

    private static GraphAdvice Of(int code) => new GraphError { Code = code, Category = GraphErrorCodes.CategoryOf(code) }.Advice;
}

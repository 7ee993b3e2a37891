namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>An object may have any number of properties that are not known; what is known is found behind them too.</summary>
public sealed class WideObjectTests
{
    public static TheoryData<int> Widths => [0, 20, 31, 32, 33, 63, 64, 65, 1000, 40_000];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Read_KnownPropertiesBehindUnknownOnes_AreFound(int width)
    {
        var call = Payload.Single<CallConnected>(Calls($$$"""
            {{{{Unknown(width)}}} "id":"wacid.A","event":"connect","direction":"USER_INITIATED","from":"15550001234","timestamp":"1794900000","session":{{{{Unknown(width)}}} "sdp_type":"offer","sdp":"v=0"}}
            """));

        (call.CallId, call.Direction, call.Phone?.Value, call.Timestamp).Should().Be(("wacid.A", CallDirection.UserInitiated, Given.Phone, Given.T0));
        (call.SessionKind, call.SessionDescription).Should().Be(("offer", "v=0"));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Read_KnownPropertiesBeforeUnknownOnes_AreFound(int width) =>
        Payload.Single<CallTerminated>(Calls($$"""{"id":"wacid.A","event":"terminate","status":"FAILED","x":0{{(width > 0 ? "," : "")}}{{Unknown(width).TrimEnd(',')}}}""")).Status.Should().Be(CallStatus.Failed);

    /// <summary>Of a name that stands twice the last one counts, wherever it stands; an escaped name is a name.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Read_NameThatStandsTwice_IsTheLastOne(int width) =>
        Payload.Single<CallTerminated>(Calls($$"""{"id":"first","event":"terminate",{{Unknown(width)}}"\u0069d":"last","x":0}""")).CallId.Should().Be("last");

    [Theory]
    [MemberData(nameof(Widths))]
    public void Read_ObjectOfUnknownNameBehindUnknownProperties_IsFound(int width)
    {
        var action = Payload.Single<UserActionReported>(Payload.Of(
            $$$"""{"user_actions":[{"action_type":"wink",{{{Unknown(width)}}}"wink_data":{"click_id":"c1"},"x":0}]}"""));

        action.ClickId.Should().Be("c1");
    }

    /// <summary>Three million bytes of properties are gone through once for each name that is asked for, not once for each property.</summary>
    [Fact]
    public void Read_ObjectOfThreeMillionBytes_AllocatesNoMoreThanItsSlice()
    {
        var payload = Calls($$"""{{{Unknown(250_000)}}"id":"wacid.A","event":"terminate"}""");
        Payload.Events(payload);
        var events = new List<WhatsAppEvent>(4);
        var before = GC.GetAllocatedBytesForCurrentThread();

        WebhookReader.Read(payload, events);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(payload.Length + 10_000);
        events.Should().ContainSingle().Which.Should().BeOfType<CallTerminated>();
    }

    private static string Unknown(int width) => string.Concat(Enumerable.Range(0, width).Select(i => $"\"k{i}\":{i},"));

    private static byte[] Calls(string call) => Payload.Of($$"""{"calls":[{{call}}]}""", "calls");
}

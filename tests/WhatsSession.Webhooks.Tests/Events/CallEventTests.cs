using NodaTime;

namespace WhatsSession.Webhooks.Tests.Events;

public sealed class CallEventTests
{
    private static readonly CustomerId Phone = CustomerId.Parse(Given.Phone);
    private static readonly CustomerId User = CustomerId.Parse(Given.UserId);

    [Fact]
    public void Read_CallCreated_HasTimeNumberAndCustomer()
    {
        var call = Payload.OfSample<CallCreated>("call-created");

        (call.CallId, call.Timestamp, call.Number, call.Lane).Should().Be(("wacid.Y2FsbC1uZXc", Instant.FromUnixTimeSeconds(1_796_000_000), Given.Number, EventLane.Call));
        (call.Phone, call.BusinessScopedId, call.Contact!.Name).Should().Be((Phone, User, "Marta Quill"));
        call.Direction.Should().Be(CallDirection.BusinessInitiated);
        call.Opener.Should().BeNull();
    }

    [Fact]
    public void Read_CallRecordingAvailable_HasTimeNumberCustomerAndMedium()
    {
        var call = Payload.OfSample<CallRecordingAvailable>("call-recording-available");

        (call.Timestamp, call.Number, call.Phone, call.BusinessScopedId).Should().Be((Instant.FromUnixTimeSeconds(1_796_000_300), Given.Number, Phone, User));
        (call.Recording!.MediaId, call.Recording.MimeType).Should().Be(("771100223344", "audio/ogg"));
        call.Opener.Should().BeNull();
    }

    /// <summary>What comes after a call names its customer under <c>from</c>, whoever called, and no direction.</summary>
    [Theory]
    [InlineData("call_recording_available", "call_recording", "audio", typeof(CallRecordingAvailable))]
    [InlineData("call_transcription_available", "call_transcript", "document", typeof(CallTranscriptAvailable))]
    [InlineData("call_transcript_available", "call_transcript", "document", typeof(CallTranscriptAvailable))]
    public void Read_CallMediumWithoutDirection_HasTheCustomer(string kind, string outer, string inner, Type type)
    {
        var call = Single($$$"""
            {"id":"wacid.A","from":"15550001234","from_user_id":"{{{Given.UserId}}}","timestamp":"1794900000","event":"{{{kind}}}",
             "{{{outer}}}":{"type":"x","{{{inner}}}":{"id":"9","sha256":"c2hh","mime_type":"a/b","url":"https://lookaside.example.test/9"} } }
            """);

        call.Should().BeOfType(type);
        (call.Phone, call.BusinessScopedId, call.Timestamp, call.CallId).Should().Be((Phone, User, Given.T0, "wacid.A"));
        var medium = call is CallRecordingAvailable { Recording: { } recording } ? recording : ((CallTranscriptAvailable)call).Transcript!;
        (medium.MediaId, medium.MimeType, medium.Sha256, medium.Url!.Host).Should().Be(("9", "a/b", "c2hh", "lookaside.example.test"));
    }

    [Fact]
    public void Read_MediumOfACallByTheBusinessWithoutRecipient_HasTheCustomer()
    {
        var call = Single($$"""
            {"id":"wacid.A","from":"15550001234","from_user_id":"{{Given.UserId}}","direction":"BUSINESS_INITIATED","timestamp":"1794900000","event":"call_recording_available"}
            """);

        (call.Phone, call.BusinessScopedId).Should().Be((Phone, User));
    }

    [Fact]
    public void Read_CallOfUnknownKind_HasTimeNumberAndCustomer()
    {
        var call = Single("""{"id":"wacid.A","from":"15550001234","timestamp":"1794900000","event":"hologram_ready"}""").Should().BeOfType<UnknownCall>().Subject;

        (call.Kind, call.CallId, call.Phone, call.Timestamp, call.Number, call.Opener).Should().Be(("hologram_ready", "wacid.A", Phone, Given.T0, Given.Number, null));
    }

    [Theory]
    [InlineData("""{"id":"wacid.A","from":"15550001234","event":"media_update","timestamp":"1794900000"}""", """{"id":"wacid.A","from":"15550001234","event":"media_update","timestamp":"1794900001"}""")]
    [InlineData("""{"id":"wacid.A","event":"call_recording_available","recording":{"id":"1"}}""", """{"id":"wacid.A","event":"call_recording_available","recording":{"id":"2"}}""")]
    [InlineData("""{"id":"wacid.A","event":"call_created"}""", """{"id":"wacid.A","event":"connect"}""")]
    public void Key_OfTwoEventsOfOneCall_IsAnother(string first, string second)
    {
        var keys = Payload.Events(Calls($"{first},{second}")).ConvertAll(call => call.Key);

        keys.Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    /// <summary>Without a direction the business's own number is never taken for a customer.</summary>
    [Fact]
    public void Read_CallWithoutDirectionToACustomer_HasTheRecipient() =>
        Single("""{"id":"wacid.A","from":"15550009000","to":"15550001234","event":"call_created"}""").Phone.Should().Be(Phone);

    [Fact]
    public void Read_ElementThatIsNoCall_IsKeptUnknown() => Payload.Single<UnknownEvent>(Calls("""{"id":"wacid.A","colour":"red"}""")).Lane.Should().Be(EventLane.Call);

    private static CallEvent Single(string call) => Payload.Events(Calls(call)).Should().ContainSingle().Which.Should().BeAssignableTo<CallEvent>().Subject;

    private static byte[] Calls(string calls) => Payload.Of($$"""{"metadata":{"phone_number_id":"{{Given.Number}}"},"calls":[{{calls}}]}""", "calls");
}

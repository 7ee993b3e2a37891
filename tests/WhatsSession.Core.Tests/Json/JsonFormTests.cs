using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WhatsSession.Tests;

namespace WhatsSession.Core.Tests.Json;

public sealed class JsonFormTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly JsonSerializerOptions WithoutNulls = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, JsonSamples.All.Count)];

    [Fact]
    public void Serialize_Window_IsReadable() =>
        JsonSerializer.Serialize(JsonSamples.Window, Web).Should().Be(
            """{"state":"closing","until":"2026-03-14T13:30:00Z","since":"2026-03-13T13:30:00Z","maySend":true,"remaining":"PT1H30M","isOpen":true}""");

    [Fact]
    public void Serialize_WindowThatNeverOpened_HasNulls() =>
        JsonSerializer.Serialize(new WindowStatus(WindowState.NeverOpened, Until: null, Since: null, MaySend: false, default), Web).Should().Be(
            """{"state":"neverOpened","until":null,"since":null,"maySend":false,"remaining":"PT0S","isOpen":false}""");

    [Fact]
    public void Serialize_Snapshot_IsReadable() =>
        JsonSerializer.Serialize(JsonSamples.Snapshot, WithoutNulls).Should().Be(
            """
            {"key":"314159265358979/15550001234",
            "state":{"lastInbound":"2026-03-14T12:00:00Z","denied":"2026-03-13T12:00:00Z",
            "answers":{"latest":"2026-03-14T11:00:00Z","latestByPeople":"2026-03-14T10:00:00Z","person":"2026-03-14T10:00:00Z","bot":"2026-03-14T11:00:00Z"},
            "echoed":"2026-03-14T09:00:00Z",
            "freeEntry":{"click":"2026-03-13T12:00:00Z","firstReply":"2026-03-14T12:00:00Z","endsAt":"2026-03-17T12:00:00Z","mayEndAt":"2026-03-21T12:00:00Z"},
            "isDenied":false,"isDoubted":false,"awaitsReply":true},
            "historySince":"2026-02-12T12:00:00Z","restriction":{"at":"2026-03-14T12:00:00Z","applies":true},"lastAnswerFailed":true,"storeAvailable":true}
            """.ReplaceLineEndings(""));

    [Fact]
    public void Serialize_Delivery_IsReadable() =>
        JsonSerializer.Serialize(MessageDelivery.Of(DeliveryStatus.Read, Given.Noon, error: null), Web).Should().Be(
            """{"status":"read","isDelivered":true,"isFailed":false,"marks":[{"status":"read","at":"2026-03-14T12:00:00Z"}],"failure":null}""");

    public static TheoryData<SendOutcome, string> Outcomes => new()
    {
        {
            new SendOutcome.Accepted { MessageId = MessageId.Parse("wamid.1") },
            """{"outcome":"accepted","description":"Accepted by Meta (accepted). Delivery is told by statuses.","isAccepted":true,"messageId":"wamid.1","status":"accepted"}"""
        },
        {
            new SendOutcome.TemplateSent { MessageId = MessageId.Parse("wamid.1"), ClosedAt = Given.Noon, HeldMessage = JsonSamples.Intent },
            """{"outcome":"templateSent","description":"…","isAccepted":true,"messageId":"wamid.1","status":"accepted","closedAt":"2026-03-14T12:00:00Z","heldMessage":"AAAAAAAAAAAAAAAAAAAAAQ"}"""
        },
        {
            new SendOutcome.WindowClosed { Reason = WindowClosedReason.NeverOpened },
            """{"outcome":"windowClosed","description":"…","isAccepted":false,"reason":"neverOpened"}"""
        },
        {
            new SendOutcome.WindowClosed { Reason = WindowClosedReason.Expired, Since = Given.Noon, FallbackAlreadySent = true },
            """{"outcome":"windowClosed","description":"…","isAccepted":false,"reason":"expired","since":"2026-03-14T12:00:00Z","fallbackAlreadySent":true}"""
        },
        {
            new SendOutcome.OptedOut(),
            """{"outcome":"optedOut","description":"…","isAccepted":false}"""
        },
        {
            new SendOutcome.Overtaken(),
            """{"outcome":"overtaken","description":"…","isAccepted":false}"""
        },
        {
            new SendOutcome.Invalid { Violations = [new Violation("text.body", "is too long") { Limit = 4096, Actual = 5000 }] },
            """{"outcome":"invalid","description":"…","isAccepted":false,"violations":[{"path":"text.body","rule":"is too long","limit":4096,"actual":5000}]}"""
        },
        {
            new SendOutcome.Throttled { RetryAt = Given.Noon, Template = Given.Template },
            """{"outcome":"throttled","description":"…","isAccepted":false,"retryAt":"2026-03-14T12:00:00Z","template":{"name":"order_shipped","language":"en_US"}}"""
        },
        {
            new SendOutcome.Rejected { Error = new GraphError { Code = 100, Message = "(#100) Invalid parameter", HttpStatus = 400, Category = GraphErrorCategory.InvalidRequest } },
            """{"outcome":"rejected","description":"…","isAccepted":false,"error":{"code":100,"type":"","message":"(#100) Invalid parameter","httpStatus":400,"category":"invalidRequest","isOfRepeatableRequest":false,"isSafeToRetry":false,"advice":{"text":"…","retry":{"kind":"never"},"isRetryable":false}}}"""
        },
        {
            new SendOutcome.Ambiguous { IntentId = JsonSamples.Intent, Cause = "the connection was reset" },
            """{"outcome":"ambiguous","description":"…","isAccepted":false,"intentId":"AAAAAAAAAAAAAAAAAAAAAQ","cause":"the connection was reset"}"""
        },
    };

    /// <summary>The sentences, which have tests of their own, are left out where three dots stand.</summary>
    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Serialize_Outcome_NamesTheCaseAndSaysIt(SendOutcome outcome, string expected)
    {
        var node = JsonNode.Parse(JsonSerializer.Serialize(outcome, WithoutNulls))!;
        node["description"]!.GetValue<string>().Should().Be(outcome.Describe());
        if (!expected.Contains("Accepted by Meta", StringComparison.Ordinal))
        {
            node["description"] = "…";
        }

        if (node["error"]?["advice"] is { } advice)
        {
            advice["text"] = "…";
        }

        node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Should().Be(expected);
    }

    /// <summary>Frameworks write what they are given by its own type, which is a case.</summary>
    [Fact]
    public void Serialize_CaseByItsOwnType_IsAsTheOutcome()
    {
        foreach (var outcome in Samples.Outcomes)
        {
            JsonSerializer.Serialize(outcome, outcome.GetType(), Web).Should().Be(JsonSerializer.Serialize(outcome, Web));
            JsonSerializer.Serialize<object>(outcome, Web).Should().Be(JsonSerializer.Serialize(outcome, Web));
        }
    }

    [Fact]
    public void Serialize_WithoutANamingPolicy_NamesFieldsAsProperties() =>
        JsonSerializer.Serialize<SendOutcome>(new SendOutcome.Accepted { MessageId = MessageId.Parse("wamid.1") }).Should().Be(
            """{"outcome":"accepted","Description":"Accepted by Meta (accepted). Delivery is told by statuses.","IsAccepted":true,"MessageId":"wamid.1","Status":"accepted"}""");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"outcome":"teleported"}""")]
    [InlineData("""{"outcome":"accepted"}""")]
    [InlineData("""{"outcome":"accepted","messageId":17}""")]
    [InlineData("""{"outcome":"throttled","retryAt":"soon"}""")]
    [InlineData("""{"outcome":"windowClosed","reason":3}""")]
    [InlineData("""{"outcome":"invalid","violations":[1]}""")]
    [InlineData("\"accepted\"")]
    public void Deserialize_NoOutcome_IsRefused(string json)
    {
        var read = () => JsonSerializer.Deserialize<SendOutcome>(json, Web);

        read.Should().Throw<JsonException>().Which.Message.Should().Contain("utcome");
    }

    [Fact]
    public void Deserialize_AnotherCase_IsRefused()
    {
        var read = () => JsonSerializer.Deserialize<SendOutcome.Accepted>("""{"outcome":"optedOut"}""", Web);

        read.Should().Throw<JsonException>().WithMessage("*Accepted*");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Deserialize_WhatWasWritten_IsEqual(int number)
    {
        var sample = JsonSamples.All[number];
        foreach (var options in new[] { JsonSerializerOptions.Default, Web, WithoutNulls })
        {
            var json = JsonSerializer.Serialize(sample, sample.GetType(), options);
            var read = JsonSerializer.Deserialize(json, sample.GetType(), options);

            JsonSerializer.Serialize(read, sample.GetType(), options).Should().Be(json);
            if (!HasPartsThatCompareByReference(sample))
            {
                read.Should().Be(sample);
            }
        }
    }

    /// <summary>With generated code, as under Native AOT, the text is the same and is read back.</summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Generated_WritesAndReads_AsReflectionDoes(int number)
    {
        var sample = JsonSamples.All[number];
        var json = JsonSerializer.Serialize(sample, sample.GetType(), GeneratedJson.Default);

        json.Should().Be(JsonSerializer.Serialize(sample, sample.GetType(), Web));
        var read = JsonSerializer.Deserialize(json, sample.GetType(), GeneratedJson.Default);
        JsonSerializer.Serialize(read, sample.GetType(), GeneratedJson.Default).Should().Be(json);
        if (!HasPartsThatCompareByReference(sample))
        {
            read.Should().Be(sample);
        }
    }

    [Fact]
    public void Generated_OutcomeAndDictionary_AreWritten()
    {
        JsonSerializer.Serialize(new SendOutcome.OptedOut(), GeneratedJson.Default.SendOutcome).Should().StartWith("""{"outcome":"optedOut",""");
        JsonSerializer.Serialize(new Dictionary<CustomerId, WindowStatus> { [CustomerId.Parse("15550001234")] = default }, GeneratedJson.Default.DictionaryCustomerIdWindowStatus)
            .Should().StartWith("""{"15550001234":{"state":"unknown",""");
    }

    /// <summary>Of every public record: nothing empty, nothing of NodaTime's insides.</summary>
    [Fact]
    public void Serialize_EveryPublicRecord_IsReadable()
    {
        foreach (var sample in Samples.All)
        {
            var json = JsonSerializer.SerializeToNode(sample, DeclaredTypeOf(sample), Web);

            UnreadableJson.In(json).Should().BeEmpty(because: $"{sample.GetType().Name} is {json}");
        }
    }

    [Fact]
    public void Serialize_CaseOfAChoice_HasItsKind()
    {
        JsonSerializer.Serialize<MessageHeader>(new MessageHeader.Document(Samples.Link) { FileName = "a.pdf" }, Web)
            .Should().Be($$$"""{"kind":"document","source":{"kind":"link","address":"{{{Samples.MarkedAddress}}}"},"fileName":"a.pdf"}""");
        JsonSerializer.Serialize(Samples.TemplateComponents[0], Web).Should().Contain("\"kind\":\"HEADER\"").And.NotContain("textHeader");
    }

    /// <summary>The cases of several choices have one name, which generated code cannot tell apart: so it does not go into them.</summary>
    [Fact]
    public void Generated_CaseOfAChoice_IsItsKind() =>
        JsonSerializer.Serialize(new TemplateMessage("order_shipped", "de", "42") { Header = "text" }, GeneratedJson.Default.TemplateMessage)
            .Should().Contain("\"header\":{\"kind\":\"text\"}").And.Contain("\"body\":[{\"kind\":\"text\"}]");

    /// <summary>A template comes back with name and language alone, and lists compare by reference.</summary>
    private static bool HasPartsThatCompareByReference(object sample) =>
        sample is SendOutcome.Invalid or SendOutcome.Throttled { Template: not null } or SendOutcome.Rejected { Template: not null } or SendOutcome.Ambiguous { Template: not null };

    /// <summary>A case of a choice stands under the type of the choice wherever it is a property.</summary>
    private static Type DeclaredTypeOf(object sample)
    {
        for (var type = sample.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsAbstract && (type.IsDefined(typeof(JsonConverterAttribute), inherit: false) || type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false)))
            {
                return type;
            }
        }

        return sample.GetType();
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;

namespace WhatsSession.Webhooks.Tests.Events;

/// <summary>Events and their values can be made by whoever tests a handler, and changed by nobody.</summary>
public sealed class MadeByHandTests
{
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly Type[] Classes =
        [.. typeof(WhatsAppEvent).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsSealed: true, IsAbstract: false })];

    [Fact]
    public void Constructor_OfEveryEvent_IsPublicAndEmpty() =>
        Classes.Where(IsEvent).Should().HaveCountGreaterThan(40).And.OnlyContain(type => type.GetConstructor(Type.EmptyTypes) != null);

    [Fact]
    public void Properties_OfEveryEventAndValue_AreInit()
    {
        var setters = Classes.SelectMany(type => type.GetProperties(Instance))
            .Where(property => property.GetMethod is { IsPublic: true })
            .Select(property => property.SetMethod)
            .OfType<MethodInfo>();

        setters.Should().HaveCountGreaterThan(200)
            .And.OnlyContain(setter => setter.IsPublic && setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)));
    }

    /// <summary>What is worked out from the rest has no setter; everything else that an event has must have one.</summary>
    [Fact]
    public void Properties_WithoutInit_AreThoseThatAreWorkedOut() =>
        Classes.Where(IsEvent).SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod is null)
            .Select(property => property.Name).Distinct().Order(StringComparer.Ordinal)
            .Should().Equal("About", "Conversation", "Customer", "Error", "FlowToken", "From", "Inner", "IsDoubtful", "IsRefusal", "IsRemoval", "Link", "Opener", "Values");

    [Fact]
    public void Text_MadeByHand_IsWhatWasGiven()
    {
        var text = new TextReceived
        {
            Text = "hi",
            MessageId = MessageId.Parse("wamid.made"),
            Number = PhoneNumberId.Parse("106540352242922"),
            Phone = CustomerId.Parse("15550001234"),
            Timestamp = NodaTime.Instant.FromUnixTimeSeconds(1_795_000_000),
            Kind = CustomerEventKind.Text,
            Contact = new Contact { Name = "Ann" },
        };

        text.Text.Should().Be("hi");
        text.Conversation.Should().Be(new ConversationKey(text.Number.Value, text.Phone.Value));
        text.Opener.Should().Be(CustomerEventKind.Text);
        text.Contact!.Name.Should().Be("Ann");
    }

    [Fact]
    public void Caption_MadeByHand_IsWhatWasGiven() => new ImageReceived { MediaId = "1", Caption = "a cat" }.Caption.Should().Be("a cat");

    private static bool IsEvent(Type type) => type.IsAssignableTo(typeof(WhatsAppEvent));
}

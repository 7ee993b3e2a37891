namespace WhatsSession.Webhooks.Tests.Events;

/// <summary>Since August 2026 the notice of a changed number or user id names the old id; the sender may be the new one already.</summary>
public sealed class ChangedIdentityTests
{
    [Fact]
    public void Read_NumberChangedWithPreviousUserId_NamesBothAndLinksTheOldNumberToTheOldId()
    {
        var notice = Payload.OfSample<SystemReceived>("system-user-changed-number-previous-user-id");

        notice.PreviousBusinessScopedId.Should().Be(CustomerId.Parse(Given.UserId));
        notice.NewBusinessScopedId.Should().Be(CustomerId.Parse("US.88100294417705526631"));
        notice.NewPhone.Should().Be(CustomerId.Parse("15550004321"));
        notice.Link.Should().Be(new IdentityLink(CustomerId.Parse(Given.Phone), CustomerId.Parse(Given.UserId)));
    }

    [Fact]
    public void Read_UserIdChangedWithPreviousUserId_NamesBothAndTheParents()
    {
        var notice = Payload.OfSample<SystemReceived>("system-user-changed-user-id-previous-user-id");

        (notice.PreviousBusinessScopedId?.Value, notice.NewBusinessScopedId?.Value).Should().Be(("GB.77120043915586620318", "GB.10455520098813377204"));
        (notice.PreviousParentBusinessScopedId?.Value, notice.NewParentBusinessScopedId?.Value).Should().Be(("GB.ENT.5566003344", "GB.ENT.5566001122"));
        notice.Link.Should().BeNull();
    }

    /// <summary>Without the previous id, the sender's is the old one only where it differs from the new one.</summary>
    [Theory]
    [InlineData("US.1", "US.2", "US.1")]
    [InlineData("US.2", "US.2", null)]
    public void Read_NumberChangedWithoutPreviousUserId_LinksTheOldNumberToNoNewId(string sender, string current, string? linked)
    {
        var notice = Payload.Single<SystemReceived>(Payload.Of(
            $$$"""{"messages":[{"from":"15550001234","from_user_id":"{{{sender}}}","id":"wamid.S","type":"system","system":{"type":"user_changed_number","wa_id":"15550004321","user_id":"{{{current}}}"}}]}"""));

        notice.Link.Should().Be(linked is null ? null : new IdentityLink(CustomerId.Parse("15550001234"), CustomerId.Parse(linked)));
    }

    [Fact]
    public void Read_IdentityChanged_LinksTheSender() =>
        Payload.Single<SystemReceived>(Payload.Of(
            """{"messages":[{"from":"15550001234","from_user_id":"US.1","id":"wamid.S","type":"system","system":{"type":"customer_identity_changed"}}]}"""))
            .Link.Should().Be(new IdentityLink(CustomerId.Parse("15550001234"), CustomerId.Parse("US.1")));
}

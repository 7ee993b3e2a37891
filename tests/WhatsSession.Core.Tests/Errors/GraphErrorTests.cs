namespace WhatsSession.Core.Tests.Errors;

public sealed class GraphErrorTests
{
    [Theory]
    [InlineData(131047, "Re-engagement message", null, 400, "(131047) Re-engagement message [HTTP 400]")]
    [InlineData(131047, "(#131047) Re-engagement message", null, null, "(#131047) Re-engagement message")]
    [InlineData(131047, "Re-engagement message", "24 hours have passed", null, "(131047) Re-engagement message: 24 hours have passed")]
    [InlineData(131047, "", null, null, "(131047)")]
    [InlineData(131047, "", "24 hours have passed", null, "(131047): 24 hours have passed")]
    [InlineData(131047, "Re-engagement message", "24 hours have passed.", null, "(131047) Re-engagement message: 24 hours have passed")]
    [InlineData(4, "Application request limit reached for 24 hours", null, null, "(4) Application request limit reached for 24 hours")]
    [InlineData(100, "Invalid parameter", "", 400, "(100) Invalid parameter [HTTP 400]")]
    [InlineData(0, "Connection refused", null, null, "Connection refused")]
    [InlineData(0, "", null, 502, "no details [HTTP 502]")]
    public void ToString_OfAnError_IsOneLine(int code, string message, string? details, int? status, string expected) =>
        new GraphError { Code = code, Message = message, Details = details, HttpStatus = status }.ToString().Should().Be(expected);

    /// <summary>Meta quotes the recipient and the parameter in some errors; what we log of an error may not.</summary>
    [Theory]
    [InlineData("Recipient phone number 491701234567 is not in allowed list", "(131030) Recipient phone number *67 is not in allowed list")]
    [InlineData("Recipient +491701234567", "(131030) Recipient *67")]
    [InlineData("Reply to wamid.HBgMNDkxNzAxMjM0NTY3FQIAERgSN0Y= failed", "(131030) Reply to wamid.* failed")]
    [InlineData("Recipient US.13491208655302741918 unknown", "(131030) Recipient US.*18 unknown")]
    [InlineData("Recipient US.ENT.Ab13491208655302741918 unknown", "(131030) Recipient US.*18 unknown")]
    [InlineData("Error 2494055 after 24 hours", "(131030) Error 2494055 after 24 hours")]
    [InlineData("No connection to https://192.168.1.10:8443 (ConnectionError)", "(131030) No connection to https://192.168.1.10:8443 (ConnectionError)")]
    [InlineData("No connection to http://10.100.200.30", "(131030) No connection to http://10.100.200.30")]
    [InlineData("Server 192.168.1.10", "(131030) Server *10")]
    [InlineData("https://15550001234/", "(131030) https://*34/")]
    [InlineData("https://155.500.012.3456", "(131030) https://*56")]
    public void ToString_OfAnErrorThatQuotesAnIdentifier_IsRedacted(string message, string expected) =>
        new GraphError { Code = 131030, Message = message }.ToString().Should().Be(expected);

    [Fact]
    public void ToString_OfAnErrorForThePersonAtTheScreen_LeavesItOut() =>
        new GraphError { Code = 100, Message = "Invalid", UserTitle = "Titel", UserMessage = "Meldung", TraceId = "Axyz" }.ToString().Should().Be("(100) Invalid");

    [Fact]
    public void Default_OfAnError_IsUnknownWithEmptyTexts()
    {
        var error = new GraphError();

        (error.Category, error.Code, error.Type, error.Message, error.Details).Should().Be((GraphErrorCategory.Unknown, 0, "", "", (string?)null));
    }
}

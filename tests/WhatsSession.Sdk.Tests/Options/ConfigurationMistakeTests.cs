using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WhatsSession.Options;

namespace WhatsSession.Sdk.Tests.Options;

/// <summary>Mistakes that people make with the configuration, each with the whole text they read: the key as they write it, the value, and what to do.</summary>
[WithoutEmulator("No request.")]
public sealed partial class ConfigurationMistakeTests
{
    // Values in the table that must not be shown.
    private static readonly string[] Secrets =
        ["two words", "line\nbreak", "s3cr3t", "s3\ncr3t", "s3cr\u200B3t", "secret-as-text", "a\tb", "EAAtoken", Given.AccessToken, Given.AppSecret];

    public static TheoryData<string, string, string> Settings => new()
    {
        { "Numbers:support:PhoneNumberId", "+15550009000", "WhatsSession:Numbers:support:PhoneNumberId is \"+15550009000\", the phone number; set it to Meta's id of the number, 1 to 32 digits, such as 314159265358979 (API Setup page of the Meta app: \"Phone number ID\")." },
        { "Numbers:support:PhoneNumberId", "", "WhatsSession:Numbers:support:PhoneNumberId is missing; set it to Meta's id of the number, 1 to 32 digits, such as 314159265358979 (API Setup page of the Meta app: \"Phone number ID\")." },
        { "Numbers:support:AccessToken", "two words", "WhatsSession:Numbers:support:AccessToken has 9 characters, and character 4 is a space (U+0020); take that out, or copy the value anew." },
        { "Numbers:support:AccessToken", "", "WhatsSession:Numbers:support:AccessToken is missing; set it to an access token of Meta." },
        { "Numbers:support:AccessToken", "line\nbreak", "WhatsSession:Numbers:support:AccessToken has 10 characters, and character 5 is a line break (U+000A); take that out, or copy the value anew." },
        { "Numbers:support:BusinessAccountId", "waba", "WhatsSession:Numbers:support:BusinessAccountId is \"waba\"; it must be the id of the WhatsApp Business Account, 1 to 32 digits, or left out." },
        { "Numbers:support:MessagingAccountId", "mine", "WhatsSession:Numbers:support:MessagingAccountId is \"mine\"; it must be the id of an account, 1 to 32 digits, or left out." },
        { "Numbers:sales:PhoneNumberId", "314159265358979", "WhatsSession:Numbers:support:PhoneNumberId is \"314159265358979\", which WhatsSession:Numbers:sales has too; list each number once." },
        { "Numbers:support:App", "tenant-c", "WhatsSession:Numbers:support:App is \"tenant-c\", but WhatsSession:Apps is empty; add the app there, or leave the name out." },
        { "AppSecret", " s3cr3t ", "WhatsSession:AppSecret has 8 characters, and character 1 is a space (U+0020); take that out, or copy the value anew." },
        { "AppSecret", "", "WhatsSession:AppSecret is empty; set it to the secret of the Meta app (App settings, Basic), or leave it out." },
        { "AppSecret", "s3\ncr3t", "WhatsSession:AppSecret has 7 characters, and character 3 is a line break (U+000A); take that out, or copy the value anew." },
        { "AppSecret", "s3cr\u200B3t", "WhatsSession:AppSecret has 7 characters, and character 5 is one that cannot be seen (U+200B); take that out, or copy the value anew." },
        { "AppSecret", "…", "WhatsSession:AppSecret is \"…\", the placeholder of an example; set it to the secret of the Meta app (App settings, Basic), or leave it out." },
        { "Apps:main:AppSecrets:0", "a\tb", "WhatsSession:Apps:main:AppSecrets:0 has 3 characters, and character 2 is a tab (U+0009); take that out, or copy the value anew." },
        { "Apps:main:VerifyToken", "s3cr\u200B3t", "WhatsSession:Apps:main:AppSecrets is empty; add the secret of the Meta app (App settings, Basic).\nWhatsSession:Apps:main:VerifyToken has 7 characters, and character 5 is one that cannot be seen (U+200B); take that out, or copy the value anew." },
        { "Apps:main:AppId", "my app", "WhatsSession:Apps:main:AppSecrets is empty; add the secret of the Meta app (App settings, Basic).\nWhatsSession:Apps:main:AppId is \"my app\"; it must be Meta's id of the app, 1 to 32 digits, or left out." },
        { "Webhooks:SecondSignatureHeader", "a:b", "WhatsSession:Webhooks:SecondSignatureHeader is \"a:b\"; it must be the name of a header (letters, digits and \"-\"), such as X-Gateway-Signature, or left out." },
        { "Webhooks:SecondSignatureHeader", "", "WhatsSession:Webhooks:SecondSignatureHeader is \"\"; it must be the name of a header (letters, digits and \"-\"), such as X-Gateway-Signature, or left out." },
        { "Webhooks:SecondSignatureHeader", "X-Signature ", "WhatsSession:Webhooks:SecondSignatureHeader is \"X-Signature \"; it must be the name of a header (letters, digits and \"-\"), such as X-Gateway-Signature, or left out." },
        { "GraphBaseAddress", "https://bob:s3cr3t@graph.facebook.com", "WhatsSession:GraphBaseAddress is \"https://graph.facebook.com/\" with a user, a query or a fragment; it must be the address alone, such as https://graph.facebook.com." },
        { "GraphBaseAddress", "https://graph.facebook.com/?access_token=s3cr3t", "WhatsSession:GraphBaseAddress is \"https://graph.facebook.com/…\" with a user, a query or a fragment; it must be the address alone, such as https://graph.facebook.com." },
        { "GraphBaseAddress", "https://graph.facebook.com/#s3cr3t", "WhatsSession:GraphBaseAddress is \"https://graph.facebook.com/…\" with a user, a query or a fragment; it must be the address alone, such as https://graph.facebook.com." },
        { "GraphVersion", "v27", "WhatsSession:GraphVersion is \"v27\"; it must be a version such as \"v27.0\"." },
        { "GraphVersion", "v.5", "WhatsSession:GraphVersion is \"v.5\"; it must be a version such as \"v27.0\"." },
        { "GraphVersion", "v27.", "WhatsSession:GraphVersion is \"v27.\"; it must be a version such as \"v27.0\"." },
        { "VerifyToken", "token ", "WhatsSession:VerifyToken has 6 characters, and white space around them; take the white space out." },
        { "Apps:main:VerifyToken", "x", "WhatsSession:Apps:main:AppSecrets is empty; add the secret of the Meta app (App settings, Basic)." },
        { "Apps:main:AppSecrets", "secret-as-text", "WhatsSession:Apps:main:AppSecrets is a single value of 14 characters; it must be a list, even of one." },
        { "Apps:main:AppSecrets:0", "", "WhatsSession:Apps:main:AppSecrets:0 is empty; set it to the secret of the Meta app (App settings, Basic)." },
        { "GraphBaseAddress", "graph.facebook.com", "WhatsSession:GraphBaseAddress is \"graph.facebook.com\"; it must be an absolute address such as https://graph.facebook.com." },
        { "GraphBaseAddress", "http://graph.facebook.com", "WhatsSession:GraphBaseAddress is \"http://graph.facebook.com/\"; it must be an absolute https address (http on this machine only), such as https://graph.facebook.com." },
        { "GraphBaseAddress", "ftp://127.0.0.1", "WhatsSession:GraphBaseAddress is \"ftp://127.0.0.1/\"; it must be an absolute https address (http on this machine only), such as https://graph.facebook.com." },
        { "GraphVersion", "26", "WhatsSession:GraphVersion is \"26\"; it must be a version such as \"v27.0\"." },
        { "GraphVersion", "v27.0/../x", "WhatsSession:GraphVersion is \"v27.0/../x\"; it must be a version such as \"v27.0\"." },
        { "Deadline", "00:00:00", "WhatsSession:Deadline is 00:00:00; it must be from 00:00:00.0010000 to 01:00:00." },
        { "Deadline", "soon", "WhatsSession:Deadline is \"soon\"; it must be hours, minutes and seconds, such as \"00:01:00\" for a minute." },
        { "MaximumDownloadSize", "0", "WhatsSession:MaximumDownloadSize is 0; it must be 1 or more." },
        { "MaximumDownloadSize", "100 MB", "WhatsSession:MaximumDownloadSize is \"100 MB\"; it must be a whole number without a unit." },
        { "ThrowOnRefusal", "perhaps", "WhatsSession:ThrowOnRefusal is \"perhaps\"; it must be true or false." },
        { "Guard:Enabled", "1", "WhatsSession:Guard:Enabled is \"1\"; it must be true or false." },
        { "Guard:NoHistory", "Ask", "WhatsSession:Guard:NoHistory is \"Ask\"; it must be \"Send\" or \"Refuse\"." },
        { "Guard:StoreUnavailable", "7", "WhatsSession:Guard:StoreUnavailable is \"7\"; it must be \"Send\" or \"Refuse\"." },
        { "Guard:Margin", "-00:00:01", "WhatsSession:Guard:Margin is -00:00:01; it must be from 00:00:00 to 12:00:00." },
        { "Guard:Margin", "12:00:01", "WhatsSession:Guard:Margin is 12:00:01; it must be from 00:00:00 to 12:00:00." },
        { "Guard:ClosingLead", "1.00:00:01", "WhatsSession:Guard:ClosingLead is 1.00:00:01; it must be from 00:00:00 to 1.00:00:00." },
        { "Guard", "on", "WhatsSession:Guard is a single value of 2 characters; it must hold settings below it." },
        { "Dispatch:MaxConcurrency", "0", "WhatsSession:Dispatch:MaxConcurrency is 0; it must be from 1 to 1024." },
        { "Dispatch:MaxConcurrency", "many", "WhatsSession:Dispatch:MaxConcurrency is \"many\"; it must be a whole number without a unit." },
        { "Dispatch:MaxLongRunning", "-1", "WhatsSession:Dispatch:MaxLongRunning is -1; it must be from 0 to 10000." },
        { "Dispatch:HandlerTimeout", "00:00:00.5", "WhatsSession:Dispatch:HandlerTimeout is 00:00:00.5000000; it must be from 00:00:01 to 01:00:00." },
        { "Alerts:Jitter", "-00:00:01", "WhatsSession:Alerts:Jitter is -00:00:01; it must be from 00:00:00 to 01:00:00." },
        { "Alerts:Jitter", "01:00:00.0000001", "WhatsSession:Alerts:Jitter is 01:00:00.0000001; it must be from 00:00:00 to 01:00:00." },
        { "WindowOpeners:Reactions", "yes", "WhatsSession:WindowOpeners:Reactions is \"yes\"; it must be true or false." },
        { "AppSecrets", "x", "WhatsSession:AppSecrets is not a setting; did you mean AppSecret? Known here are Numbers, Apps, AppSecret, VerifyToken, GraphBaseAddress, GraphVersion, Deadline, MaximumDownloadSize, EchoesAnswer, ThrowOnRefusal, RequireTemplates, Guard, Webhooks, Dispatch, Alerts, WindowOpeners." },
        { "Numbers:support:Token", "x", "WhatsSession:Numbers:support:Token is not a setting; did you mean AccessToken? Known here are PhoneNumberId, AccessToken, BusinessAccountId, MessagingAccountId, App, Fallback." },
        { "Guard:Marign", "x", "WhatsSession:Guard:Marign is not a setting; did you mean Margin? Known here are Enabled, NoHistory, StoreUnavailable, Margin, ClosingLead." },
        { "Dispatch:Handler:Timeout", "x", "WhatsSession:Dispatch:Handler is not a setting; did you mean HandlerTimeout? Known here are MaxConcurrency, MaxLongRunning, HandlerTimeout." },
        { "Numbers:support:PhoneNumberId", "…", "WhatsSession:Numbers:support:PhoneNumberId is \"…\", the placeholder of an example; set it to Meta's id of the number, 1 to 32 digits, such as 314159265358979 (API Setup page of the Meta app: \"Phone number ID\")." },
        { "Numbers:support:PhoneNumberId", "not-an-id", "WhatsSession:Numbers:support:PhoneNumberId is \"not-an-id\"; it must be Meta's id of the number, 1 to 32 digits, such as 314159265358979 (API Setup page of the Meta app: \"Phone number ID\")." },
        { "Numbers:support:AccessToken", "…", "WhatsSession:Numbers:support:AccessToken is \"…\", the placeholder of an example; set it to an access token of Meta." },
        { "Numbers:support:AccessToken", "Bearer EAAtoken", "WhatsSession:Numbers:support:AccessToken begins with \"Bearer \"; give the token alone." },
        { "Numbers:support:AccessToken", "\"EAAtoken\"", "WhatsSession:Numbers:support:AccessToken has quotation marks around it; take them out." },
        { "Numbers:support:AccessToken", "<access token>", "WhatsSession:Numbers:support:AccessToken is \"<access token>\", the placeholder of an example; set it to an access token of Meta." },
        { "Numbers:support:BusinessAccountId", "314159265358979", "WhatsSession:Numbers:support:BusinessAccountId is \"314159265358979\", the same as WhatsSession:Numbers:support:PhoneNumberId; account and number have an id each, so look both up (API Setup page of the Meta app)." },
        { "Numbers:support:AcessToken", "x", "WhatsSession:Numbers:support:AcessToken is not a setting; did you mean AccessToken? Known here are PhoneNumberId, AccessToken, BusinessAccountId, MessagingAccountId, App, Fallback." },
        { "Numbers:support", "EAAtoken", "WhatsSession:Numbers:support is a single value of 8 characters; it must hold settings below it." },
        { "Numbers: support:PhoneNumberId", "271828182845904", "WhatsSession:Numbers has the name \" support\", which is empty or has white space around it or a control character in it; give a name such as \"support\".\nWhatsSession:Numbers: support:AccessToken is missing; set it to an access token of Meta." },
        { "VerifyToken", "…", "WhatsSession:VerifyToken is \"…\", the placeholder of an example; set it to the token that was typed in when the webhook was subscribed, or leave it out." },
        { "VerifyToken", "", "WhatsSession:VerifyToken is empty; set it to the token that was typed in when the webhook was subscribed, or leave it out." },
        { "GraphBaseAddress", "https://graph.facebook.com/v21.0", "WhatsSession:GraphBaseAddress is \"https://graph.facebook.com/v21.0\", with a version at its end; take that out, and set WhatsSession:GraphVersion to \"v21.0\" or leave it at its default." },
        { "GraphBaseAddress", "https://graph.facebook.com/v21.0/", "WhatsSession:GraphBaseAddress is \"https://graph.facebook.com/v21.0\", with a version at its end; take that out, and set WhatsSession:GraphVersion to \"v21.0\" or leave it at its default." },
        { "GraphBaseAddress", "https://gateway.example:8443/secret/v21", "WhatsSession:GraphBaseAddress is \"https://gateway.example:8443/…/v21\", with a version at its end; take that out, and set WhatsSession:GraphVersion to \"v21.0\" or leave it at its default." },
        { "GraphBaseAddress", "https://graph.facebook.com//v21.0", "WhatsSession:GraphBaseAddress is \"https://graph.facebook.com/…/v21.0\", with a version at its end; take that out, and set WhatsSession:GraphVersion to \"v21.0\" or leave it at its default." },
        { "GraphBaseAddress", "https://graph.facebook.com//secret/v21.0", "WhatsSession:GraphBaseAddress is \"https://graph.facebook.com/…/v21.0\", with a version at its end; take that out, and set WhatsSession:GraphVersion to \"v21.0\" or leave it at its default." },
        { "GraphBaseAddress", "bob:s3cr3t@graph.facebook.com", "WhatsSession:GraphBaseAddress is \"bob:/…\"; it must be an absolute https address (http on this machine only), such as https://graph.facebook.com." },
        { "Deadline", "30", "WhatsSession:Deadline is \"30\", which counts as days; write hours, minutes and seconds, such as \"00:00:30\" for 30 seconds." },
        { "Deadline", "30s", "WhatsSession:Deadline is \"30s\"; it must be hours, minutes and seconds, such as \"00:01:00\" for a minute." },
        { "Deadline", "PT30S", "WhatsSession:Deadline is \"PT30S\"; it must be hours, minutes and seconds, such as \"00:01:00\" for a minute." },
        { "Deadline", "", "WhatsSession:Deadline is \"\"; it must be hours, minutes and seconds, such as \"00:01:00\" for a minute." },
        { "Deadline:Seconds", "30", "WhatsSession:Deadline has settings of its own below it; it must be hours, minutes and seconds, such as \"00:01:00\" for a minute." },
        { "Guard:ClosingLead", "1", "WhatsSession:Guard:ClosingLead is \"1\", which counts as days; write hours, minutes and seconds, such as \"00:00:01\" for 1 second." },
        { "Dispatch:HandlerTimeout", "120", "WhatsSession:Dispatch:HandlerTimeout is \"120\", which counts as days; write hours, minutes and seconds, such as \"00:02:00\" for 120 seconds." },
        { "Guard:Margin", "02:00:00", "WhatsSession:Guard:Margin is 02:00:00, which is longer than WhatsSession:Guard:ClosingLead (01:00:00); a window must be closing before the guard stops sending, so make the margin shorter or the lead longer." },
        { "Webhooks:MaximumBufferedBytes", "1024", "WhatsSession:Webhooks:MaximumBufferedBytes is 1024; it must be at least four times WhatsSession:Webhooks:MaximumBodySize, so 12582912 or more." },
        { "Webhooks:MaximumBodySize", "3 MB", "WhatsSession:Webhooks:MaximumBodySize is \"3 MB\"; it must be a whole number without a unit." },
        { "RequireTemplates", "yes", "WhatsSession:RequireTemplates is \"yes\"; it must be true or false." },
        { "GraphVersion", "", "WhatsSession:GraphVersion is \"\"; it must be a version such as \"v27.0\"." },
        { "Webhook:MaximumBodySize", "4096", "WhatsSession:Webhook is not a setting; did you mean Webhooks? Known here are Numbers, Apps, AppSecret, VerifyToken, GraphBaseAddress, GraphVersion, Deadline, MaximumDownloadSize, EchoesAnswer, ThrowOnRefusal, RequireTemplates, Guard, Webhooks, Dispatch, Alerts, WindowOpeners." },
        { "Verifytokn", "x", "WhatsSession:Verifytokn is not a setting; did you mean VerifyToken? Known here are Numbers, Apps, AppSecret, VerifyToken, GraphBaseAddress, GraphVersion, Deadline, MaximumDownloadSize, EchoesAnswer, ThrowOnRefusal, RequireTemplates, Guard, Webhooks, Dispatch, Alerts, WindowOpeners." },
        { "Numbers:support:Fallback:Language", "de", "WhatsSession:Numbers:support:Fallback:Template is missing, but other keys of WhatsSession:Numbers:support:Fallback are set; name the template, or leave all out." },
        { "Numbers:support:Fallback:Template", "we_wrote", "WhatsSession:Numbers:support:Fallback:Language is missing; set it to the code of the template's language, such as \"en_US\"." },
    };

    private static readonly Dictionary<string, Action<WhatsSessionOptions>> Mistakes = new(StringComparer.Ordinal)
    {
        ["no number"] = o => o.Numbers.Clear(),
        ["null for a number"] = o => o.Numbers["support"] = null!,
        ["null for an app"] = o => o.Apps["main"] = null!,
        ["empty name of a number"] = o => o.Numbers.Add("", "271828182845904", "token"),
        ["line break in a name"] = o => o.Numbers.Add("sup\nport", "271828182845904", "token"),
        ["empty name of an app"] = o => o.Apps.Add("", ["secret"], "token"),
        ["one id twice"] = o => o.Numbers.Add("sales", Given.Number.Value, "token"),
        ["token and id swapped"] = o => o.Numbers["support"] = new NumberOptions { PhoneNumberId = Given.AccessToken + "0123456789abcdefghij", AccessToken = Given.Number.Value },
        ["null for a token"] = o => o.Numbers["support"].AccessToken = null!,
        ["relative address"] = o => o.GraphBaseAddress = new Uri("graph.facebook.com", UriKind.Relative),
        ["null for the address"] = o => o.GraphBaseAddress = null!,
        ["ticks for seconds"] = o => o.Deadline = new TimeSpan(30),
        ["choice that there is not"] = o => o.Guard.NoHistory = (GuardChoice)7,
        ["app that there is not"] = o =>
        {
            o.Numbers["support"].App = "tenant-c";
            o.Apps.Add("tenant-b", ["secret"], "token");
            o.AppSecret = "secret";
        },
        ["templates required without an account"] = o =>
        {
            o.RequireTemplates = true;
            (o.Numbers["support"].Fallback.Template, o.Numbers["support"].Fallback.Language) = ("we_wrote", "de");
        },
        ["name of a template as people say it"] = o => (o.Numbers["support"].Fallback.Template, o.Numbers["support"].Fallback.Language) = ("We Wrote", "de"),
        ["parameter that is not sent"] = o => (o.Numbers["support"].Fallback.Template, o.Numbers["support"].Fallback.Language, o.Numbers["support"].Fallback.ParameterName) = ("we_wrote", "de", "text"),
        ["handler of a number that there is not"] = _ => { },
        ["several"] = o =>
        {
            o.Numbers["support"] = new NumberOptions { PhoneNumberId = "x" };
            o.Guard.Margin = TimeSpan.FromDays(1);
        },
    };

    public static TheoryData<string, string> Codes => new()
    {
        { "no number", "WhatsSession:Numbers is empty; add a business number, in code by o.Numbers.Add(\"support\", phoneNumberId: \"…\", accessToken: \"…\")." },
        { "null for a number", "WhatsSession:Numbers:support is null; give it a PhoneNumberId and an AccessToken." },
        { "null for an app", "WhatsSession:Apps:main is null; give it AppSecrets, or leave it out." },
        { "empty name of a number", "WhatsSession:Numbers has the name \"\", which is empty or has white space around it or a control character in it; give a name such as \"support\"." },
        { "line break in a name", "WhatsSession:Numbers has the name \"sup?port\", which is empty or has white space around it or a control character in it; give a name such as \"support\"." },
        { "empty name of an app", "WhatsSession:Apps has the name \"\", which is empty or has white space around it or a control character in it; give a name such as \"support\"." },
        { "one id twice", "WhatsSession:Numbers:sales:PhoneNumberId is \"314159265358979\", which WhatsSession:Numbers:support has too; list each number once." },
        { "token and id swapped", "WhatsSession:Numbers:support:PhoneNumberId has 28 characters; it must be Meta's id of the number, 1 to 32 digits, such as 314159265358979 (API Setup page of the Meta app: \"Phone number ID\")." },
        { "null for a token", "WhatsSession:Numbers:support:AccessToken is missing; set it to an access token of Meta." },
        { "relative address", "WhatsSession:GraphBaseAddress is \"…\"; it must be an absolute https address (http on this machine only), such as https://graph.facebook.com." },
        { "null for the address", "WhatsSession:GraphBaseAddress is \"\"; it must be an absolute https address (http on this machine only), such as https://graph.facebook.com." },
        { "ticks for seconds", "WhatsSession:Deadline is 00:00:00.0000030; it must be from 00:00:00.0010000 to 01:00:00." },
        { "choice that there is not", "WhatsSession:Guard:NoHistory is 7; it must be \"Send\" or \"Refuse\"." },
        { "app that there is not", "WhatsSession:Numbers:support:App is \"tenant-c\", but WhatsSession:Apps has main, tenant-b; name one of them, or leave the name out." },
        { "templates required without an account", "WhatsSession:Numbers:support:BusinessAccountId is missing, but WhatsSession:RequireTemplates is true and WhatsSession:Numbers:support:Fallback names a template; set it to the id of the WhatsApp Business Account, so that the template can be looked up." },
        { "name of a template as people say it", "WhatsSession:Numbers:support:Fallback names the template \"We Wrote\" in \"de\", and template.name has characters other than lower-case letters, digits and underscores; write both as WhatsApp Manager shows them." },
        { "parameter that is not sent", "WhatsSession:Numbers:support:Fallback:ParameterName is \"text\", but WhatsSession:Numbers:support:Fallback:WithText is false, so no parameter is sent; set WithText to true, or leave ParameterName out." },
        { "handler of a number that there is not", "Handlers are registered for the number \"suport\", but WhatsSession:Numbers has support; name one of them." },
        { "several", "WhatsSession:Numbers:support:PhoneNumberId is \"x\"; it must be Meta's id of the number, 1 to 32 digits, such as 314159265358979 (API Setup page of the Meta app: \"Phone number ID\").\nWhatsSession:Numbers:support:AccessToken is missing; set it to an access token of Meta.\nWhatsSession:Guard:Margin is 1.00:00:00; it must be from 00:00:00 to 12:00:00." },
    };

    public static TheoryData<string, string, string> Files => new()
    {
        { """{}""", "WhatsSession", "WhatsSession has no settings: no settings file that was read, and no environment variable, has a key in it. Add a business number as WhatsSession:Numbers:support:PhoneNumberId and WhatsSession:Numbers:support:AccessToken, or give another section." },
        { """{ "WhatsSession": { "AppSecret": "abc" } }""", "WhatsSession", "WhatsSession:Numbers is empty; add a business number, in code by o.Numbers.Add(\"support\", phoneNumberId: \"…\", accessToken: \"…\")." },
        { """{ "WhatsSession": { "Numbers": {} } }""", "Meta:WhatsApp", "Meta:WhatsApp has no settings: no settings file that was read, and no environment variable, has a key in it. Add a business number as Meta:WhatsApp:Numbers:support:PhoneNumberId and Meta:WhatsApp:Numbers:support:AccessToken, or give another section." },
        { """{ "WhatsSession": { "Numbers": {} }, "Logging": {}, "AllowedHosts": "*" }""", "", "The configuration as a whole was given, and the settings stand in a section of it; give the section: AddWhatsSession(configuration.GetSection(\"WhatsSession\"))." },
        { """{ "WhatsSession": { "Numbers": { "support": "EAAtoken" } } }""", "WhatsSession", "WhatsSession:Numbers:support is a single value of 8 characters; it must hold settings below it." },
        { """{ "WhatsSession": { "Numbers": { "support": { "PhoneNumberId": 314159265358979 } } } }""", "WhatsSession", "WhatsSession:Numbers:support:AccessToken is missing; set it to an access token of Meta." },
        { """{ "WhatsSession": { "Numbers": [ { "Name": "support", "PhoneNumberId": "314159265358979", "AccessToken": "EAAtoken" } ] } }""", "WhatsSession", "WhatsSession:Numbers is a list; write it with a name for each, as WhatsSession:Numbers:support, and not WhatsSession:Numbers:0." },
        { """{ "WhatsSession": { "Deadline": 30, "Numbers": { "support": { "PhoneNumberId": "314159265358979", "AccessToken": "EAAtoken" } } } }""", "WhatsSession", "WhatsSession:Deadline is \"30\", which counts as days; write hours, minutes and seconds, such as \"00:00:30\" for 30 seconds." },
        { """{ "Meta": { "WhatsApp": { "Numbers": { "support": { "PhoneNumberId": "314159265358979", "AccessToken": null } } } } }""", "Meta:WhatsApp", "Meta:WhatsApp:Numbers:support:AccessToken is missing; set it to an access token of Meta." },
        { """{ "WhatsSession": { "numbers": { "support": { "phoneNumberId": "+1 (555) 000-9000", "accessToken": "EAAtoken" } }, "appSecret": "…", "verifyToken": "…" } }""", "WhatsSession", "WhatsSession:Numbers:support:PhoneNumberId is \"+1 (555) 000-9000\", the phone number; set it to Meta's id of the number, 1 to 32 digits, such as 314159265358979 (API Setup page of the Meta app: \"Phone number ID\").\nWhatsSession:AppSecret is \"…\", the placeholder of an example; set it to the secret of the Meta app (App settings, Basic), or leave it out.\nWhatsSession:VerifyToken is \"…\", the placeholder of an example; set it to the token that was typed in when the webhook was subscribed, or leave it out." },
        { """{ "WhatsSession": { "Numbers": { "support": { "PhoneNumberId": "314159265358979", "AccessToken": "EAAtoken" } }, "Guard": { "NoHistory": true }, "Deadline": { "Seconds": 30 } } }""", "WhatsSession", "WhatsSession:Deadline has settings of its own below it; it must be hours, minutes and seconds, such as \"00:01:00\" for a minute.\nWhatsSession:Guard:NoHistory is \"True\"; it must be \"Send\" or \"Refuse\"." },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task StartAsync_WrongSetting_SaysKeyValueAndFix(string key, string value, string expected)
    {
        var section = Section((key, value));

        using var host = new HostBuilder().ConfigureServices(services => services.AddWhatsSession(section)).Build();
        var ofHost = (await host.Awaiting(h => h.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).Which;
        var ofRuntime = (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(options => OptionsSection.Bind(section, options))).Should().ThrowAsync<OptionsValidationException>()).Which;

        ofHost.Message.Should().Be(expected);
        ofRuntime.Message.Should().Be(expected);
        ExpectPlain(expected);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task StartAsync_WrongOptionInCode_SaysKeyValueAndFix(string mistake, string expected)
    {
        var start = () => WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
                Mistakes[mistake](o);
            },
            builder => _ = mistake == "handler of a number that there is not" ? builder.ForNumber("suport", b => b.OnMessage<TextReceived>((_, _) => Task.CompletedTask)) : builder);

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Message.Should().Be(expected);
        ExpectPlain(expected);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task StartAsync_WrongFile_SaysKeyValueAndFix(string json, string section, string expected)
    {
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        using var host = new HostBuilder()
            .ConfigureServices(services => services.AddWhatsSession(section.Length == 0 ? configuration : configuration.GetSection(section))).Build();

        (await host.Awaiting(h => h.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).Which.Message.Should().Be(expected);
        ExpectPlain(expected);
    }

    [Fact]
    public async Task StartAsync_WrongEnvironmentVariable_IsNamedAsTheConfigurationHasIt()
    {
        Environment.SetEnvironmentVariable("MISTAKEN_WhatsSession__Numbers__support__PhoneNumberId", Given.Number.Value);
        Environment.SetEnvironmentVariable("MISTAKEN_WhatsSession__Numbers__support__AccessToken", "EAA token");
        var section = new ConfigurationBuilder().AddEnvironmentVariables("MISTAKEN_").Build().GetSection("WhatsSession");

        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(options => OptionsSection.Bind(section, options))).Should().ThrowAsync<OptionsValidationException>())
            .Which.Message.Should().Be("WhatsSession:Numbers:support:AccessToken has 9 characters, and character 4 is a space (U+0020); take that out, or copy the value anew.");
    }

    [Fact]
    public void Add_NumberOrAppOfThatName_SaysWhatToDo()
    {
        var options = new WhatsSessionOptions();
        options.Numbers.Add("support", "1", "token");
        options.Apps.Add("main", ["secret"], "token");

        ExpectMessage(() => options.Numbers.Add("Support", "2", "token"), "WhatsSession:Numbers:Support is there already, from the configuration or from code; give each number a name of its own, or change the one that is there: o.Numbers[\"Support\"]. (Parameter 'name')");
        ExpectMessage(() => options.Apps.Add("main", ["secret"], "token"), "WhatsSession:Apps:main is there already, from the configuration or from code; give each app a name of its own, or change the one that is there: o.Apps[\"main\"]. (Parameter 'name')");
    }

    [Fact]
    public async Task Number_Unknown_NamesTheKnownOnes()
    {
        await using var runtime = await WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
            o.Numbers.Add("sales", Given.OtherNumber.Value, Given.AccessToken);
        });

        ExpectMessage(() => runtime.Client.Number("suport"), "There is no number \"suport\"; WhatsSession:Numbers has sales, support. (Parameter 'name')");
        ExpectMessage(() => runtime.Client.Number("support").Templates.ListAsync(), "The number \"support\" has no WhatsApp Business Account, to which templates belong: set WhatsSession:Numbers:support:BusinessAccountId, or give businessAccountId to Numbers.Add.");
    }

    /// <summary>The address is what is wrong more often than the network: it is named.</summary>
    [Fact]
    public async Task SendAsync_AddressThatNobodyAnswers_IsNamed()
    {
        var address = new Uri("http://127.0.0.1:9/meta");
        await using var runtime = await WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers.Add("support", Given.Number.Value, Given.AccessToken);
            o.GraphBaseAddress = address;
        });

        var outcome = await runtime.Client.Number("support").Conversation(Given.Phone).SendAsync(Given.Text, new SendOptions { Deadline = TimeSpan.FromSeconds(1) });

        outcome.Describe().Should().Be("Not sent: Meta could not be reached. No connection to http://127.0.0.1:9 (ConnectionError). Check the network and WhatsSession:GraphBaseAddress.");
        var templates = await runtime.Client.Number("support").UploadMediaAsync(new MemoryStream([1]), "image/png");
        templates.Error!.ToString().Should().Be("No answer from http://127.0.0.1:9 (ConnectionError)");
    }

    private static void ExpectMessage(Func<object?> act, string expected)
    {
        act.Should().Throw<Exception>().Which.Message.Should().Be(expected);
        ExpectPlain(expected);
    }

    private static void ExpectMessage(Action act, string expected) => ExpectMessage(
        () =>
        {
            act();
            return null;
        },
        expected);

    /// <summary>A text for people: no secret, no type that they never wrote, and no record's form.</summary>
    private static void ExpectPlain(string message)
    {
        foreach (var secret in Secrets)
        {
            message.Should().NotContain(secret);
        }

        foreach (var line in message.Split('\n'))
        {
            line.Should().MatchRegex("^[A-Z].*[.)]$").And.NotContain("System.").And.NotContain("Microsoft.").And.NotContain("`").And.NotContain("{ ");
        }

        var words = Words().Matches(Keys().Replace(message, "")).Select(static match => match.Value);
        words.Where(TypeNames.Value.Contains).Should().BeEmpty();
    }

    // Only what nobody could take for a word: two humps at least.
    [GeneratedRegex("[A-Z][a-z]+(?:[A-Z][a-z0-9]*)+", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    // Keys and quoted values, which the user wrote.
    [GeneratedRegex("\"[^\"]*\"|WhatsSession(?::[^ :;,.]+)+|Known here are [^.]*|known here are [^.]*|did you mean [A-Za-z]*", RegexOptions.NonBacktracking)]
    private static partial Regex Keys();

    // They are the users' words, though ids have types of the same names.
    private static readonly string[] SettingNames = [.. typeof(WhatsSessionOptions).Assembly.GetExportedTypes()
        .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
        .SelectMany(type => type.GetProperties())
        .Select(property => property.Name)];

    private static readonly Lazy<HashSet<string>> TypeNames = new(() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => !assembly.IsDynamic && assembly.GetName().Name is { } name
            && (name.StartsWith("WhatsSession", StringComparison.Ordinal) || name.StartsWith("System", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal) || name == "NodaTime"))
        .SelectMany(assembly => assembly.GetTypes())
        .Select(type => type.Name.Split('`')[0])
        .Except(SettingNames)
        .ToHashSet(StringComparer.Ordinal));

    private static IConfigurationSection Section(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["WhatsSession:Numbers:support:PhoneNumberId"] = Given.Number.Value,
            ["WhatsSession:Numbers:support:AccessToken"] = Given.AccessToken,
        };
        foreach (var (key, value) in settings)
        {
            all["WhatsSession:" + key] = value;
            if (key == "Numbers:sales:PhoneNumberId")
            {
                all["WhatsSession:Numbers:sales:AccessToken"] = "EAAother";
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(all).Build().GetSection("WhatsSession");
    }
}
